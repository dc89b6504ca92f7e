package dev.backfill.sandbox.typesense

/** One server of each kind for all specs of a run; both end with it. */
class SearchServers {
    static final String NO_SERVER = 'no typesense-server: set TYPESENSE_SERVER to its path, or put it on PATH'

    @Lazy
    static SearchServer standIn = TypesenseServer.start('k-stand-in')

    @Lazy
    static SearchServer real = TypesenseProcess.start(TypesenseProcess.program(System.getenv()).get(), 'k-real')

    static boolean isRealPresent() {
        TypesenseProcess.program(System.getenv()).present
    }
}

package bench;

import dev.backfill.sandbox.server.MongoStandIn;

/** The stand-in for MongoDB as a process. */
final class MongoProcess {
    private MongoProcess() {}

    public static void main(String... arguments) {
        Child.quiet();
        Child.ready(MongoStandIn.start().uri());
    }
}

package dev.backfill.fault

/** Whether what depends on the machine's own time may be checked: it must have nothing else to do, which nobody can know of CI. */
class QuietMachine {
    static final String HOW = 'it needs a machine that does nothing else: mvn verify -Dbackfill.quiet=true'

    static boolean isAsked() {
        System.getProperty('backfill.quiet') == 'true'
    }
}

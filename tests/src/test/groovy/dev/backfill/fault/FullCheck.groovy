package dev.backfill.fault

/** Whether everything is to be checked, however long that takes: {@code mvn verify -Pfull}. */
class FullCheck {
    static final String HOW = 'it takes minutes: mvn verify -Pfull'

    static boolean isAsked() {
        System.getProperty('backfill.full') == 'true'
    }
}

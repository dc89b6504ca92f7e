package dev.backfill.matrix

/** What a run does that can go wrong before it takes effect or after it. */
enum Operation {
    LOOK, TAKE, BEAT, OPEN, CLEAR, PLAN, READ, TRANSFORM, RESUME, FENCE, WRITE_1, WRITE_2, BURY, SAVE, COMMIT, FINISH, RELEASE

    boolean isSaving() {
        this == SAVE || this == COMMIT
    }

    boolean isWriting() {
        this == WRITE_1 || this == WRITE_2
    }

    /** It has an acknowledgement that can get lost, and is no save. */
    boolean isAcknowledged() {
        this in [TAKE, CLEAR, RESUME, WRITE_1, WRITE_2, BURY, FINISH, RELEASE]
    }

    /** It is tried in a run that begins again and leaves a former one behind. */
    boolean isRestarting() {
        this == OPEN || this == CLEAR
    }

    /** Sinks for which there is such an operation. */
    boolean knownTo(SinkKind kind) {
        switch (this) {
            case WRITE_2: return kind == SinkKind.CHAIN
            case FENCE:
            case COMMIT: return kind in [SinkKind.TRANSACTIONAL, SinkKind.MATCHING]
            case RESUME:
            case FINISH: return kind == SinkKind.APPENDING
            default: return true
        }
    }

    /** False where nothing follows, in any run, at which the fault could show. */
    boolean shows(Fault fault) {
        this != RELEASE || fault != Fault.LOST_COMMIT
    }
}

package dev.backfill.checkpoint;

/** Someone else owns the checkpoint now, or changed it; nothing of ours was saved. */
public final class LeaseLostException extends RuntimeException {
    public LeaseLostException(String message) {
        super(message);
    }

    /**
     * For who wants a checkpoint that another one holds.
     *
     * @param doing for the message: "taking the checkpoint 'x' of files in y"
     */
    public static LeaseLostException held(String doing, CheckpointSnapshot stored) {
        String holder = stored.holder()
                .map(each -> each.owner() + " has it since " + each.owner().since())
                .orElse("another process was faster");
        return new LeaseLostException(
                doing + ": " + holder + " (epoch " + stored.epoch() + "); wait until that run ends, or stop it there");
    }

    /** For who no longer holds it, or whose version is not the last one. */
    public static LeaseLostException moved(String doing, Lease ours, CheckpointSnapshot now) {
        String holder = now.holder().map(each -> each.owner() + " has it now").orElse("it was given free");
        String what = now.epoch() != ours.epoch() || now.holder().isEmpty()
                ? holder + " (epoch " + now.epoch() + ", ours was " + ours.epoch() + ")"
                : "it was saved from elsewhere (version " + now.version() + ", ours was " + ours.version() + ")";
        return new LeaseLostException(doing + ": " + what
                + "; nothing was saved. Leave the work to that run, or start again when it has ended");
    }
}

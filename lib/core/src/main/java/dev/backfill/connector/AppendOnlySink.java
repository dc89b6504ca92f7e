package dev.backfill.connector;

/**
 * A sink whose target grows with every write, so that it must be given what of it counts. Each outcome says with
 * {@link WriteResult#at} where the target then stands; that is saved with the checkpoint. What was written after the last saved
 * position is written again.
 */
public interface AppendOnlySink extends Sink {
    @Override
    default SinkTraits traits() {
        return SinkTraits.of(this).inSeries();
    }

    /**
     * Called once, before anything else: undoes all that is behind this position.
     *
     * @param position as the last saved outcome reported it; empty if none was saved, then the target begins again
     */
    void truncateTo(String position);

    /**
     * Makes the target whole, once all records are written and saved. Called again if the run was cut off before that was saved.
     *
     * @param totals what the phase has done, by name
     */
    void publish(Row totals);

    /**
     * The end is saved: what was needed only until then may go. Called again at each later start of a run that died before or
     * while it was called.
     */
    default void cleanUp() {}

    /** False if nothing is left of what was not finished: after a restart its phase begins again, whatever was saved. */
    default boolean resumable() {
        return true;
    }
}

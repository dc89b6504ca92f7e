package dev.backfill.connector;

/**
 * What the engine must know of a sink beyond what it can do. A sink that wraps another one hands on that one's traits.
 *
 * @param serial it gets its batches one at a time, in the order of the source, each after the one before was acknowledged: so
 *     its phase is read in one split
 * @param showsPayload a dry run shows its records whole, as it cannot look at what its target holds
 */
public record SinkTraits(boolean serial, boolean showsPayload) {
    public static SinkTraits none() {
        return new SinkTraits(false, false);
    }

    public static SinkTraits ofSerial() {
        return new SinkTraits(true, false);
    }

    public SinkTraits showingPayload() {
        return new SinkTraits(serial, true);
    }
}

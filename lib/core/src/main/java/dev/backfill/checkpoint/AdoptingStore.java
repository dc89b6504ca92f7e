package dev.backfill.checkpoint;

import java.util.Map;
import java.util.Optional;

/** A store in which another program may have kept its own checkpoint before, where ours should be. */
public interface AdoptingStore {
    /** The fields that another program left there; nothing if there is nothing, or what is there is ours. */
    Optional<Map<String, Object>> foreign();

    /**
     * Makes the place ours, in one atomic step; nobody owns it then. {@link LeaseLostException} if it no longer holds what was
     * seen.
     *
     * @param checkpoint what it then holds; nothing: as before a first save
     */
    void adopt(Map<String, Object> seen, Optional<Checkpoint> checkpoint);
}

package bench;

/**
 * Something that is measured.
 *
 * @param letter the group that --only names
 * @param id what the comparisons call it
 */
record Contestant(String letter, String id, String title, Work work) {
    /** Does the work once, from a fresh database on. */
    interface Work {
        Reading measure() throws Exception;
    }
}

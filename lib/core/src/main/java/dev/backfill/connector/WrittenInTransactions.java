package dev.backfill.connector;

import java.util.List;

/** Supplies records that others write in transactions, and does not see what such a transaction has not committed yet. */
public interface WrittenInTransactions extends Source {
    /** Lists the open transactions that have written to it, or are about to. */
    List<OpenTransaction> writers();
}

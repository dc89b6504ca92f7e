package dev.backfill.foundationdb.read

import com.apple.foundationdb.Database
import com.apple.foundationdb.FDB
import spock.lang.Requires
import spock.lang.Shared

/** Needs a cluster of release 7.1 and its client library: it writes below one prefix of its own, and clears that. */
@Requires(value = { env.FDB_CLUSTER_FILE }, reason = 'FDB_CLUSTER_FILE names no cluster')
class RealKeyspaceSourceSpec extends KeyspaceSourceContract {
    @Shared
    Database cluster

    void setupSpec() {
        cluster = FDB.selectAPIVersion(710).open(System.getenv('FDB_CLUSTER_FILE'))
    }

    void cleanupSpec() {
        cluster?.close()
    }

    @Override
    Database database() { cluster }
}

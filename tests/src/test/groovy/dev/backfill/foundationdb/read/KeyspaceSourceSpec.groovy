package dev.backfill.foundationdb.read

import com.apple.foundationdb.Database
import dev.backfill.foundationdb.fake.FakeDatabase

class KeyspaceSourceSpec extends KeyspaceSourceContract {
    FakeDatabase records = new FakeDatabase({ System.nanoTime() })

    @Override
    Database database() { records }
}

package dev.backfill.files.write

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.AppendOnlySinkContract
import dev.backfill.connector.Row
import spock.lang.TempDir

import java.nio.file.Path

/** A file in all of its forms. */
abstract class GatheringSinkContract extends AppendOnlySinkContract {
    @TempDir Path folder

    abstract GatheringSink.Plan plan(Path target, Path gathering)

    Path getTarget() { folder.resolve('lake') }

    @Override
    AppendOnlySink open() {
        new GatheringSink(plan(target, folder.resolve('lake.part')))
    }

    @Override
    Row record(String key) { Row.of([id: key]) }

    @Override
    Row rejected(String key) { Row.of([id: key, at: new Object()]) }
}

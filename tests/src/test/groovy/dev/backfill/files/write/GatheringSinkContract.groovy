package dev.backfill.files.write

import dev.backfill.connector.Appending
import dev.backfill.connector.AppendingContract
import dev.backfill.connector.Row
import spock.lang.TempDir

import java.nio.file.Path

/** A file in all of its forms. */
abstract class GatheringSinkContract extends AppendingContract {
    @TempDir Path folder

    abstract GatheringSink.Plan plan(Path target, Path gathering)

    Path getTarget() { folder.resolve('lake') }

    @Override
    Appending open() {
        new GatheringSink(plan(target, folder.resolve('lake.part')))
    }

    @Override
    Row record(String key) { Row.of([id: key]) }

    @Override
    Row rejected(String key) { Row.of([id: key, at: new Object()]) }
}

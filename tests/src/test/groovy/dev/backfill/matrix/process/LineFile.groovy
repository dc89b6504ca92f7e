package dev.backfill.matrix.process

import dev.backfill.connector.AppendOnlySink
import dev.backfill.connector.FatalFailure
import dev.backfill.connector.WriteStatus
import dev.backfill.connector.WriteResult
import dev.backfill.connector.Row
import groovy.transform.CompileStatic

import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption

/** A file that gets a line for each record. */
@CompileStatic
class LineFile implements AppendOnlySink {
    private final Path path
    private FileChannel channel

    LineFile(Path path) { this.path = path }

    void truncateTo(String position) {
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        long known = Long.parseLong(position ?: '0')
        if (channel.size() < known) {
            throw new FatalFailure("$path is shorter than the checkpoint knows")
        }
        channel.truncate(known).position(known)
    }

    WriteResult write(List<Row> records) {
        String lines = records.collect { Row row -> "${row.get('id')}\n" }.join('')
        channel.write(ByteBuffer.wrap(lines.bytes))
        channel.force(false)
        WriteResult.of(records, WriteStatus.WRITTEN).at(channel.position() as String)
    }

    void publish(Row totals) {
        Files.copy(path, path.resolveSibling('whole'), StandardCopyOption.REPLACE_EXISTING)
    }

    @Override
    void close() { channel?.close() }
}

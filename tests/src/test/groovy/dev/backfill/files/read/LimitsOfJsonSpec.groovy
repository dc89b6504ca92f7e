package dev.backfill.files.read

import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path

/** A value that is too large for the reader costs its own record, once. */
class LimitsOfJsonSpec extends Specification {
    @TempDir
    Path folder

    @Timeout(20)
    def "a line beyond the limits is one record that cannot be read, and the others are"() {
        given:
        def path = folder.resolve('lake.jsonl')
        def lines = ['1e999999999', '[' * 2000 + ']' * 2000, '1' * 140_000, '1' * 200_000, '0.' + '1' * 16_383, '7']
        path.toFile().text = lines.withIndex().collect { value, i -> "{\"id\":${i + 1},\"n\":$value}\n" }.join('')
        def source = new FileSource(RecordFile.lines(path, ''))

        when:
        def split = source.splits(1).first()
        def batch = source.read(split, split.after(), 10)

        then:
        split.rows().asLong == 6
        batch.rows()*.id == [1, 3, 5, 6]
        batch.rows()[0].n == new BigDecimal('1e999999999')
        batch.unreadable()*.key() == ['record 2', 'record 4']
        batch.unreadable()[0].reason().contains('nesting depth')
        batch.unreadable()[1].reason().contains('200000')
        batch.unreadable().every { it.payload().size() < 500 }

        cleanup:
        source?.close()
    }
}

package dev.backfill.typesense.documents

import spock.lang.AutoCleanup
import spock.lang.Specification

import java.nio.file.Files
import java.nio.file.Path

class SpoolSpec extends Specification {
    @AutoCleanup
    Spool spool = Spool.create()

    def 'lines are counted wherever the parts are cut, with or without a last line break: #parts'() {
        when:
        parts.each { spool.append(it.bytes) }

        then:
        spool.lines() == lines
        new String(spool.from(0).readAllBytes()) == parts.join('')

        where:
        parts                  || lines
        []                     || 0
        ['']                   || 0
        ['{}']                 || 1
        ['{}\n']               || 1
        ['{}\n{}']             || 2
        ['{', '}\n{', '}']     || 2
        ['{}\n', '', '{}\n']   || 2
        ['{}', '\n']           || 1
    }

    def 'it is read from any offset, again and again'() {
        given:
        spool.append('abcdef'.bytes)

        expect:
        new String(spool.from(offset).readAllBytes()) == text

        where:
        offset || text
        4      || 'ef'
        0      || 'abcdef'
        6      || ''
    }

    def 'nobody finds the file, even while it is in use'() {
        given:
        spool.append('secret'.bytes)

        expect:
        Files.list(Path.of(System.getProperty('java.io.tmpdir'))).withCloseable { files ->
            files.noneMatch { it.fileName.toString().startsWith('backfill-export-') }
        }
    }

    def 'an interrupt does not lose what is there'() {
        given:
        spool.append('abc'.bytes)
        Thread.currentThread().interrupt()

        expect:
        new String(spool.from(0).readAllBytes()) == 'abc'
        Thread.interrupted()
        new String(spool.from(0).readAllBytes()) == 'abc'
    }
}

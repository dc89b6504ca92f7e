package dev.backfill.cli

import dev.backfill.dsl.Scripts
import spock.lang.Specification
import spock.lang.TempDir

import java.nio.file.Files
import java.nio.file.Path

/** What plan and a dry run say of files that the run itself would write. */
class PlannedFilesSpec extends Specification {
    @TempDir
    Path folder

    /** Reads given.jsonl in a first step, and what that writes in a second one. */
    private Map command(List<String> arguments, String read = "lake.readJson('items.json', 'items')", String first = '') {
        def program = new Scripts(folder).backfill("""
            about 'copies items'
            def lake = files('$folder')
            def same = files('$folder/other/..')
            checkpoint file('$folder/checkpoints')
            step('fetch') {
                phase('items') { $first; source lake.readJsonl('given.jsonl'); sink lake.writeJson('items.json', 'items') }
                phase('names') { source lake.readJsonl('given.jsonl').select('name'); sink lake.writeJsonl('names.jsonl') }
                summary lake.writeJson('summary.json')
            }
            step('load') {
                phase('items') { source $read; sink lake.writeJsonl('loaded.jsonl') }
                phase('again') { source lake.readJsonl('loaded.jsonl'); sink lake.writeJsonl('again.jsonl') }
            }
            """, [:], arguments)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments, new PrintWriter(out, true), new PrintWriter(err, true)),
         out: out.toString(), err: err.toString()]
    }

    def setup() {
        Files.writeString(folder.resolve('given.jsonl'), '{"id":1,"name":"tea"}\n{"id":2,"name":"milk"}\n')
    }

    private String fact(String file) {
        "${folder.resolve(file)} will be created by the run"
    }

    def "a file that an earlier phase writes is no problem (#read)"() {
        when:
        def plan = command(['plan'], read)

        then:
        plan.code == 0
        plan.out.replaceAll(/\s+/, ' ').contains(fact(file))
        plan.out.replaceAll(/\s+/, ' ').contains(fact('loaded.jsonl'))
        !plan.out.contains('Problems')

        when:
        def dry = command(['--dry-run'], read)

        then:
        dry.code == 0
        dry.out.contains('fetch.items: 2 read')
        dry.out.contains('fetch.names: 2 read')
        dry.out.replaceAll(/\s+/, ' ').contains("load.items was skipped: ${fact(file)}")
        dry.out.replaceAll(/\s+/, ' ').contains("load.again was skipped: ${fact('loaded.jsonl')}")
        folder.toFile().list() as Set == ['demo.groovy', 'given.jsonl'] as Set

        where:
        read                                                    || file
        "lake.readJson('items.json', 'items')"                  || 'items.json'
        "lake.readJsonl('names.jsonl')"                         || 'names.jsonl'
        "lake.readJson('summary.json', 'statistics')"           || 'summary.json'
        "same.readJsonl('names.jsonl')"                         || 'names.jsonl'
    }

    def "a file that no earlier phase of this run writes is a problem still (#which)"() {
        when:
        def plan = command(['plan', *more], read, first)

        then:
        plan.code == 5
        plan.out.replaceAll(/\s+/, ' ').contains("$file: there is no such file; name the right folder")

        when:
        def dry = command(['--dry-run', *more], read, first)

        then:
        dry.code == 1
        dry.err.contains("$file: there is no such file; name the right folder")

        where:
        which            | more                | read                                      | first        || file
        'another name'   | []                  | "lake.readJson('item.json', 'items')"     | ''           || 'item.json'
        'a later phase'  | []                  | "lake.readJsonl('again.jsonl')"           | ''           || 'again.jsonl'
        'one not chosen' | ['--phase', 'load'] | "lake.readJson('items.json', 'items')"    | ''           || 'items.json'
        'one left out'   | []                  | "lake.readJson('items.json', 'items')"    | 'when false' || 'items.json'
    }

    def "a file that is there is read, though an earlier phase would write it again"() {
        given:
        Files.writeString(folder.resolve('items.json'), '{"items":[{"id":7,"name":"oat"}]}')

        when:
        def dry = command(['--dry-run'])

        then:
        dry.code == 0
        dry.out.contains('load.items: 1 read')
        dry.out.replaceAll(/\s+/, ' ').contains("load.again was skipped: ${fact('loaded.jsonl')}")
    }
}

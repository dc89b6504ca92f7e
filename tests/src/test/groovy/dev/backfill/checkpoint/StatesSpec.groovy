package dev.backfill.checkpoint

import spock.lang.Specification

class StatesSpec extends Specification {
    def "the diagram in docs shows exactly the transitions that the code allows"() {
        given:
        def diagrams = new File('../docs/states.md').text.split('```mermaid').drop(1)

        expect:
        (diagrams[place] =~ /(\w+) --> (\w+)/).collect { [it[1], it[2]] }.toSet() ==
            statuses.collectMany { from -> from.next().collect { [from.name(), it.name()] } }.toSet()

        where:
        place | statuses
        0     | RunStatus.values().toList()
        1     | WorkStatus.values().toList()
    }

    def "a transition that is not in the table is a defect"() {
        when:
        from.to(to)

        then:
        def failure = thrown IllegalStateException
        failure.message.contains("$from cannot become $to")

        where:
        from             | to
        RunStatus.DONE   | RunStatus.FAILED
        RunStatus.FAILED | RunStatus.DONE
        WorkStatus.DONE  | WorkStatus.RUNNING
        WorkStatus.DONE  | WorkStatus.PENDING
    }
}

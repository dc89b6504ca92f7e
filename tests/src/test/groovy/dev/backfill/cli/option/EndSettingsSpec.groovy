package dev.backfill.cli.option

import dev.backfill.fake.FakeTime
import dev.backfill.time.Stop
import dev.backfill.time.StopSignal
import picocli.CommandLine
import spock.lang.Specification

import java.time.Instant

class EndSettingsSpec extends Specification {
    def time = new FakeTime(Instant.EPOCH)
    def stop = new StopSignal()

    private static EndSettings given(String... arguments) {
        def settings = new EndSettings()
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin('end', CommandLine.Model.CommandSpec.forAnnotatedObject(settings))).parseArgs(arguments)
        settings
    }

    def "codes that are told to be good become 0, and no others"() {
        expect:
        [0, 1, 3, 4, 6].collect { given('--exit-zero-on', '3,4').end(it, stop, time) } == [0, 1, 0, 0, 6]
        [0, 3].collect { given().end(it, stop, time) } == [0, 3]
    }

    def "who is to stay sleeps after the work until the signal comes, and then tells how the work ended"() {
        given:
        stop.give(Stop.TERMINATE)

        expect:
        given('--idle-when-done').end(code, stop, time) == code
        time.waits().size() == sleeps

        where:
        code | sleeps
        0    | 1
        3    | 1
        1    | 0
        4    | 0
    }

    def "a next start gets the same options"() {
        expect:
        given('--exit-zero-on', '3,4', '--idle-when-done').again() == ' --exit-zero-on 3,4 --idle-when-done'
        given().again() == ''
    }
}

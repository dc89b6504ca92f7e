package dev.backfill.http.read

import dev.backfill.connector.FatalFailure
import dev.backfill.http.Services
import dev.backfill.http.client.Answer
import spock.lang.Specification

/** What asking again cannot change is not asked again. */
class LimitsOfAnswersSpec extends Specification {
    def "an answer nested beyond the limits ends the reading at once"() {
        when:
        parts('[' * 2000 + ']' * 2000)

        then:
        def failure = thrown FatalFailure
        failure.message.contains('asking again cannot help')
    }

    def "a number of many digits is read, so that the column it is for judges it"() {
        expect:
        parts('1' * 140_000).data.toString().size() == 140_000
        parts('1e999999999').data == new BigDecimal('1e999999999')
    }

    private Map<String, Object> parts(String value) {
        def answer = new Answer(200, "{\"data\":$value}".getBytes('UTF-8'), Optional.empty(), Optional.empty())
        new Answers(Services.client('http://127.0.0.1:1')).parts('/items', answer, ['data'] as Set)
    }
}

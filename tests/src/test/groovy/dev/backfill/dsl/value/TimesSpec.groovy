package dev.backfill.dsl.value

import spock.lang.Specification
import spock.lang.Unroll

import java.sql.Timestamp
import java.time.Instant
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.OffsetDateTime
import java.time.ZonedDateTime

class TimesSpec extends Specification {
    private static final long JANUARY = 1704449472

    @Unroll("#time.class.simpleName #time")
    def "every form of a time gives its Unix seconds"() {
        expect:
        Times.epochSeconds(time) == seconds

        where:
        time                                                      || seconds
        JANUARY                                                   || JANUARY
        5                                                         || 5
        1704449472.9                                              || JANUARY
        -1.5                                                      || -2
        new BigInteger('1704449472')                              || JANUARY
        new Timestamp(1704449472500)                              || JANUARY
        new Date(1704449472500)                                   || JANUARY
        new java.sql.Date(1704449472500)                          || JANUARY
        Instant.parse('2024-01-05T10:11:12.5Z')                   || JANUARY
        OffsetDateTime.parse('2024-01-05T12:11:12+02:00')         || JANUARY
        ZonedDateTime.parse('2024-01-05T07:11:12-03:00[America/Santiago]') || JANUARY
        LocalDateTime.parse('2024-01-05T10:11:12')                || JANUARY
        LocalDate.parse('2024-01-05')                             || 1704412800
        '2024-01-05T10:11:12Z'                                    || JANUARY
        '2024-01-05t10:11:12z'                                    || JANUARY
        '2024-01-05T10:11:12.123456789Z'                          || JANUARY
        '2024-01-05T10:11:12'                                     || JANUARY
        '2024-01-05 10:11:12'                                     || JANUARY
        '2024-01-05 10:11:12.5+00'                                || JANUARY
        '2024-01-05 12:11:12.5+02'                                || JANUARY
        '2024-01-05 15:41:12+05:30'                               || JANUARY
        '2024-01-05 15:41:12+0530'                                || JANUARY
        '2024-01-05 10:11:12 +00:00'                              || JANUARY
        '2024-01-05 05:28:26-04:42:46'                            || JANUARY
        '2024-01-05T07:11:12-03:00[America/Santiago]'             || JANUARY
        ' 2024-01-05T10:11:12Z '                                  || JANUARY
        '2024-01-05T10:11Z'                                       || JANUARY - 12
        '2024-01-05'                                              || 1704412800
        '1704449472'                                              || JANUARY
        '1704449472.75'                                           || JANUARY
        "${JANUARY}"                                              || JANUARY
        '1969-12-31T23:59:59.5Z'                                  || -1
        '0001-01-01'                                              || -62135596800
    }

    def "nothing has 0 seconds, and no instant"() {
        expect:
        Times.epochSeconds(null) == 0
        Times.instant(null) == null
    }

    def "an instant keeps the fraction of its second"() {
        expect:
        Times.instant(1704449472.5) == Instant.parse('2024-01-05T10:11:12.5Z')
        Times.instant('2024-01-05 10:11:12.123456+00') == Instant.parse('2024-01-05T10:11:12.123456Z')
    }

    @Unroll("no time: '#time'")
    def "what is no time is refused by its value"() {
        when:
        Times.epochSeconds(time)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "cannot be read as a time: '$time'"

        where:
        time << ['xyz', '', '2024-02-30', '2024-01-05T25:00:00Z', '2024-01-05x', 'infinity', '2024-01-05 10:11:12 BC',
                 true, [1], Double.NaN, '99999999999999999999', new BigDecimal('1e30'), new BigDecimal('1e999999999'), new BigDecimal('1e-999999999')]
    }
}

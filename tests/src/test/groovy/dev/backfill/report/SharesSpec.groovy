package dev.backfill.report

import spock.lang.Specification

class SharesSpec extends Specification {
    def "parts are whole percents that add up to a hundred, the largest first"() {
        expect:
        Shares.text(shares) == text
        Shares.percents(shares).values().sum() == 100

        where:
        shares                                               || text
        [work: 1.0d]                                         || 'work 100 %'
        [work: 1 / 3d, lag: 1 / 3d, 'pause 1 s': 1 / 3d]     || 'work 34 %, lag 33 %, pause 1 s 33 %'
        [work: 0.996d, lag: 0.004d]                          || 'work 100 %'
        [work: 0.125d, 'rate 5': 0.666d, retries: 0.209d]    || 'rate 5 67 %, retries 21 %, work 12 %'
    }

    def "what held longest is named, and nothing if only work was done"() {
        expect:
        Shares.most([work: 0.2d, lag: 0.5d, pause: 0.3d], 'work').get() == 'lag for 50 % of the time'
        Shares.most([work: 1.0d], 'work').empty
    }
}

package dev.backfill.words

import spock.lang.Specification

class NearestSpec extends Specification {
    def "'#wrong' is taken for #meant"() {
        expect:
        Nearest.to(wrong, ['batch', 'sink', 'source', 'throttle', 'id']) == Optional.ofNullable(meant)

        where:
        wrong      || meant
        'bach'     || 'batch'
        'snik'     || 'sink'
        'sourec'   || 'source'
        'trottel'  || 'throttle'
        'ix'       || 'id'
        'xy'       || null
        'checking' || null
    }
}

package dev.backfill.files.write

import dev.backfill.connector.Row
import dev.backfill.plan.TotalsFunction
import groovy.json.JsonSlurper

import java.nio.file.Path

class JsonFileSpec extends GatheringSinkContract {
    GatheringSink.Plan plan(Path target, Path gathering) {
        new GatheringSink.Plan(target, gathering, Optional.of('records'), { Row totals -> [source: 'a spec'] } as TotalsFunction, [])
    }

    List<String> held() { new JsonSlurper().parse(target.toFile()).records*.id }
}

package dev.backfill.files.write

import dev.backfill.connector.Row
import dev.backfill.plan.TotalsFunction
import groovy.json.JsonSlurper

import java.nio.file.Path

class JsonlFileSpec extends GatheringSinkContract {
    GatheringSink.Plan plan(Path target, Path gathering) {
        new GatheringSink.Plan(target, gathering, Optional.empty(), { Row totals -> [:] } as TotalsFunction, [])
    }

    List<String> held() { target.toFile().readLines().collect { new JsonSlurper().parseText(it).id } }
}

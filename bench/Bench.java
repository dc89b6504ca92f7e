///usr/bin/env jbang "$0" "$@" ; exit $?
//DEPS dev.backfill:backfill-bom:0.1.0@pom
//DEPS dev.backfill:backfill-sandbox, dev.backfill:backfill-typesense
//SOURCES Child.java ClientProcess.java Contestant.java Copies.java DelayingProxy.java Fields.java Ground.java
//SOURCES Goal.java LoopByHand.java MongoProcess.java Options.java Postgres.java Product.java Python.java RateLimited.java Reading.java
//SOURCES RealSearch.java RecordsToPostgres.java Report.java SearchStub.java ServerSide.java SingleRows.java
//RUNTIME_OPTIONS -XX:+UseSerialGC -Xmx512m
package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Runs the contestants in shuffled rounds, and writes what was measured to bench/results. */
public final class Bench {
    private Bench() {}

    public static void main(String... words) throws Exception {
        Options options = Options.parse(List.of(words));
        if (options.help()) {
            System.out.println(Options.USAGE);
            return;
        }
        Report report = new Report(options);
        try (Ground ground = Ground.start(options)) {
            report.note(ground.postgres().describe());
            List<Contestant> contestants = contestants(ground, report);
            for (String script : Product.SCRIPTS) {
                Product.build(script);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                round(round, contestants, ground, report);
                keep(report);
            }
        }
        System.out.println(report.text());
        System.out.println("kept in " + keep(report));
        System.exit(report.failed() ? 1 : 0);
    }

    private static List<Contestant> contestants(Ground ground, Report report) throws Exception {
        List<Contestant> all = new ArrayList<>();
        all.addAll(Fields.contestants(ground, report));
        all.addAll(Copies.contestants(ground, report));
        all.addAll(RecordsToPostgres.contestants(ground, report));
        all.addAll(RateLimited.contestants(ground));
        return all.stream().filter(each -> ground.options().wants(each.letter())).toList();
    }

    private static void round(int round, List<Contestant> contestants, Ground ground, Report report) {
        List<Contestant> shuffled = new ArrayList<>(contestants);
        Collections.shuffle(shuffled, new Random(round));
        for (Contestant each : shuffled) {
            try {
                Reading reading = each.work().measure();
                report.add(each, reading);
                System.out.println("round " + round + ", " + each.title() + ": " + reading);
            } catch (Exception e) {
                report.fail(each, e);
                System.out.println("round " + round + ", " + each.title() + ": FAILED: " + e.getMessage());
            }
        }
    }

    private static Path keep(Report report) throws IOException {
        Path file = Path.of("bench", "results", report.date() + ".md");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, report.text());
    }
}

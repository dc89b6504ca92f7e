package dev.backfill.cli.look;

import dev.backfill.cli.option.RunSettings;
import dev.backfill.cli.session.ExitCode;
import dev.backfill.cli.session.Session;
import dev.backfill.connector.UnfitKeyException;
import dev.backfill.inspection.Inspector;
import dev.backfill.inspection.Outlook;
import dev.backfill.report.PlanText;
import dev.backfill.report.RunReport;
import dev.backfill.run.OpenResources;
import dev.backfill.run.RunContext;
import dev.backfill.run.RunOptions;
import dev.backfill.time.SystemTime;
import dev.backfill.time.Time;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "plan",
        description =
                "Connects, changes nothing, and shows what a run with the same options would do, and what would keep"
                        + " it from succeeding; exit 5 if something would.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    /** So few fit on one screen with all else. */
    private static final int SAMPLE = 2;

    private final Session session;

    @Mixin
    private RunSettings settings = new RunSettings();

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Time time = new SystemTime();
        RunOptions stated = settings.options(time.now(), ZoneId.systemDefault());
        try (OpenResources resources = session.open(
                        settings.output(), true, stated.concurrency().connections());
                RunReport report = RunReport.silent(session.plan(), time)) {
            RunOptions options = settings.restartWhenDone()
                    ? settings.decided(stated, session.store(resources, stated.extent()))
                    : stated;
            RunContext context = session.context(time, session.stop(), report);
            Inspector inspector = new Inspector(
                    session.plan(), options, context, settings.sampleSize(SAMPLE), settings.acceptLegacy());
            Outlook outlook = inspector.inspect(
                    resources, session.storeDefinition().title(), opened -> session.open(opened, options.extent()));
            PlanText text =
                    new PlanText(outlook, settings.applied(session.plan()).deadLetters());
            session.out()
                    .println(
                            settings.output().json()
                                    ? text.json()
                                    : text.text(
                                            session.screen(settings.output()),
                                            settings.output().verbose()));
            return outlook.clear() ? ExitCode.DONE.code() : ExitCode.NOT_VALID.code();
        } catch (UnfitKeyException unfit) {
            return session.failed(settings.placed(unfit));
        }
    }
}

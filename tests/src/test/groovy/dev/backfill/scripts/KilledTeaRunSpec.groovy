package dev.backfill.scripts

import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/** Real processes of the real script, killed and started again, where checkpoint and rows share their transactions. */
@Timeout(300)
class KilledTeaRunSpec extends Specification {
    static final int TEAS = 3_000

    @TempDir
    Path folder

    @AutoCleanup
    TeaApp app

    def "killed three times, every row is committed exactly once"() {
        given: 'a table without a unique key that keeps each row that is sent, also one that is there already'
        app = new TeaApp(folder)
        app.run()
        (1..TEAS).each { app.tea(it) }
        app.sql.execute '''
            create table sent (id uuid);
            create function note() returns trigger language plpgsql as $$ begin insert into sent values (new.id); return new; end $$;
            create trigger note before insert on teas for each row execute function note();
            create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.05); return null; end $$;
            create trigger slow before insert on teas for each statement execute function slow();
        '''

        when:
        def logs = [700, 1400, 2100].collect { moment ->
            def process = start("killed-$moment", moment == 700 ? ['--restart'] : [])
            while (process.alive && sent() < moment) {
                LockSupport.parkNanos(5_000_000)
            }
            process.destroyForcibly().waitFor()
            folder.resolve("killed-$moment").toFile().text
        }
        def last = start('last', [])

        then:
        last.waitFor(150, TimeUnit.SECONDS)
        last.exitValue() == 0
        logs.tail().every { it.contains('resumes') }
        app.sql.firstRow('select count(*) as all, count(distinct id) as different from sent') == [all: TEAS, different: TEAS]
        app.ids('teas').size() == TEAS
    }

    private long sent() {
        app.sql.firstRow('select count(*) as n from sent').n as long
    }

    private Process start(String name, List<String> arguments) {
        ScriptMain.start(TeaApp.SCRIPT, arguments, app.variables() + [BATCH_SIZE: '100'], folder.resolve(name).toFile(),
                '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx128m')
    }
}

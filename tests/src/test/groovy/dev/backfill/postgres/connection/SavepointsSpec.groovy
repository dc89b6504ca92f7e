package dev.backfill.postgres.connection

import dev.backfill.connector.RejectedFailure
import dev.backfill.connector.Rejection
import dev.backfill.connector.TransientFailure
import dev.backfill.postgres.PostgresServer
import groovy.sql.Sql
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification

import java.sql.SQLException

class SavepointsSpec extends Specification {
    @Shared ConnectionSettings settings = PostgresServer.database()
    @Shared @AutoCleanup PostgresDatabase database = PostgresDatabase.open(settings, 2)
    @Shared @AutoCleanup Sql application = PostgresServer.sql(settings)

    PostgresTransaction transaction

    def setup() {
        application.execute 'drop table if exists items, rules'
        application.execute 'create table items (id int primary key)'
        transaction = database.begin()
    }

    def cleanup() {
        transaction.close()
    }

    def "a part in which a record is refused is undone alone, as often as it happens"() {
        when:
        add(1)
        refused(1)
        refused(1)
        add(2)
        add(3)
        refused(2)
        transaction.commit()

        then:
        ids() == [1, 2, 3]
    }

    def "parts can lie within parts, and the outer one takes the inner ones with it"() {
        when:
        add(1)
        attempt {
            add(2)
            refused(2)
            add(3)
        }
        try {
            attempt {
                add(4)
                refused(4)
                add(5)
                insert(1)
            }
        } catch (RejectedFailure ignored) {
        }
        attempt { add(6) }
        transaction.commit()

        then:
        ids() == [1, 2, 3, 6]
    }

    def "what is done between two parts stays when the second is refused"() {
        when:
        refused(null)
        insert(1)
        refused(1)
        transaction.commit()

        then:
        ids() == [1]
    }

    def "the end of the connection in a part is no record's fault"() {
        when:
        attempt {
            def pid = new Sql(transaction.connection()).firstRow('select pg_backend_pid() as pid').pid
            application.execute "select pg_terminate_backend($pid)"
            insert(1)
        }

        then:
        thrown TransientFailure
    }

    def "a lock that is not given in time is no record's fault"() {
        given:
        application.execute 'insert into items values (1)'
        def holding = PostgresServer.sql(settings)
        holding.connection.autoCommit = false
        holding.execute 'update items set id = 1'

        when:
        attempt {
            run("set local lock_timeout = '10ms'")
            run('update items set id = 2 where id = 1')
        }

        then:
        thrown TransientFailure

        cleanup:
        holding.rollback()
        holding.close()
    }

    def "each refusal has its kind"() {
        given:
        application.execute '''create table rules (id int primary key, parent int references items, must text not null default '', most int check (most < 9),
            address inet, price numeric(4, 2), word text unique)'''
        application.execute "insert into rules (id, word) values (1, 'taken')"

        when:
        attempt { run("insert into rules (id, $column) values (2, $value)") }

        then:
        def failure = thrown RejectedFailure
        failure.rejection().kind() == kind

        where:
        column    | value                                                  | kind
        'parent'  | '7'                                                    | Rejection.Kind.MISSING_PARENT
        'must'    | 'null'                                                 | Rejection.Kind.MISSING_VALUE
        'most'    | '10'                                                   | Rejection.Kind.RULE
        'address' | "'nowhere'"                                            | Rejection.Kind.UNFIT_VALUE
        'price'   | '100'                                                  | Rejection.Kind.UNFIT_VALUE
        'word'    | "'taken'"                                              | Rejection.Kind.DUPLICATE
        'word'    | '(select string_agg(md5(n::text), \'\') from generate_series(1, 2000) n)' | Rejection.Kind.TOO_LARGE
    }

    private void add(int id) {
        attempt { insert(id) }
    }

    private void refused(Integer id) {
        def refusals = 0
        try {
            attempt { insert(id) }
        } catch (RejectedFailure ignored) {
            refusals++
        }
        assert refusals == 1
    }

    private void insert(Integer id) {
        run("insert into items values ($id)")
    }

    private void attempt(Closure part) {
        transaction.attempt {
            part()
            true
        }
    }

    private void run(CharSequence sql) {
        try {
            transaction.connection().createStatement().withCloseable { it.execute(sql.toString()) }
        } catch (SQLException e) {
            throw PostgresFailures.of(e, 'a spec')
        }
    }

    private List<Integer> ids() {
        application.rows('select id from items order by id')*.id
    }
}

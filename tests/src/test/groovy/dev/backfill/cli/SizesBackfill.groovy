package dev.backfill.cli

import dev.backfill.dsl.Scripts
import dev.backfill.postgres.connection.ConnectionSettings
import groovy.sql.Sql

import java.nio.file.Path

/** A backfill that writes the size of every label, with its checkpoint in files, and its commands as a person types them. */
class SizesBackfill {
    private final ConnectionSettings database
    private final Path folder

    SizesBackfill(ConnectionSettings database, Path folder) {
        this.database = database
        this.folder = folder
    }

    /** Makes 25 items, two of whose labels are too long for their size to be taken. */
    static void fillWithLongLabels(Sql sql) {
        sql.execute 'drop table if exists items'
        sql.execute 'create table items (id bigint primary key, label text, size bigint check (size < 20))'
        sql.execute "insert into items select n, 'label ' || n from generate_series(1, 25) n"
        sql.execute "update items set label = 'a label that is too long, ' || id where id in (3, 17)"
    }

    /**
     * What a command gives: its exit code, and what it prints to out and to err.
     *
     * @param more statements of the backfill before its phase
     * @param environment variables beside the database's
     * @param sink words of the sink, such as .acceptSuppressed('…')
     */
    Map command(List<String> arguments, String more = '', Map<String, String> environment = [:], String sink = '') {
        def program = new Scripts(folder).backfill("""
            about 'writes the size of every label'
            def db    = postgres()
            def items = db.table('items').key('id')
            checkpoint file('$folder/checkpoints')
            batch      10
            $more
            phase('sizes') {
                source    items.select('id', 'label')
                transform { i -> [id: i.id, size: i.label.size()] }
                sink      items.update('size')$sink
            }
            """, variables() + environment, arguments)
        def out = new StringWriter()
        def err = new StringWriter()
        [code: BackfillCommand.execute(program, arguments, new PrintWriter(out, true), new PrintWriter(err, true)),
         out: out.toString(), err: err.toString()]
    }

    private Map<String, String> variables() {
        [DB_HOST: database.host(), DB_PORT: "${database.port()}" as String, DB_DATABASE: database.database(),
         DB_USER: database.user(), DB_PASSWORD: database.password().reveal()]
    }
}

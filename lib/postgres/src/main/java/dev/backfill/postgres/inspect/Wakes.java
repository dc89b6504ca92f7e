package dev.backfill.postgres.inspect;

import dev.backfill.connector.Diagnostic;
import dev.backfill.postgres.catalog.Column;
import dev.backfill.words.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Reports what a changed or added row triggers in addition. */
record Wakes(Question question) {
    /** The bits of an event in a trigger's type, as the server has them. */
    enum Event {
        UPDATE(16),
        UPSERT(16 + 4);

        private final int bits;

        Event(int bits) {
            this.bits = bits;
        }
    }

    private static final String TRIGGERS = """
        with recursive tree(oid) as (select to_regclass(?)::oid
            union select i.inhrelid from tree join pg_catalog.pg_inherits i on i.inhparent = tree.oid)
        select distinct t.tgname, case when t.tgtype & 2 > 0 then 'before' else 'after' end, p.proname,
            t.tgtype & 3 = 3 as skips
        from tree join pg_catalog.pg_trigger t on t.tgrelid = tree.oid join pg_catalog.pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and t.tgenabled in ('O', 'A')
          and t.tgtype & (?::int[])[1] > 0
          and (t.tgattr::text = '' or t.tgtype & 4 > 0 or exists (
              select from unnest(t.tgattr::int2[]) as n(number) join pg_catalog.pg_attribute a
              on a.attrelid = t.tgrelid and a.attnum = n.number where a.attname = any(?)))
        order by t.tgname\
        """;

    private static final String RULES = """
        select r.rulename from pg_catalog.pg_rewrite r where r.ev_class = to_regclass(?)
          and r.ev_type in ('2', '3') and r.ev_enabled in ('O', 'A') order by r.rulename\
        """;

    /** What becomes of a record whose row the server does not make what was sent. */
    static final String SUPPRESSED =
            "a row that it skips counts as suppressed, one that it changes as altered, and the run"
                    + " ends with exit 3 unless the sink says acceptSuppressed '…'";

    private static final String INDEXES = """
        select count(*), string_agg(c.relname, ', ' order by c.relname) from pg_catalog.pg_index i
        join pg_catalog.pg_class c on c.oid = i.indexrelid
        where i.indrelid = to_regclass(?) and exists (
            select from unnest(i.indkey::int2[]) as n(number) join pg_catalog.pg_attribute a
            on a.attrelid = i.indrelid and a.attnum = n.number where a.attname = any(?))
        having count(*) > 0\
        """;

    private static final String WATCHED = """
        with given as (select to_regclass(?) as rel, ?::text[] as names)
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where a.attgenerated <> ''),
               string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (
                   where a.attname in ('updated_at', 'modified_at', 'last_modified', 'updated', 'changed_at')
                     and not a.attname = any(given.names))
        from given join pg_catalog.pg_attribute a on a.attrelid = given.rel and a.attnum > 0
        where not a.attisdropped\
        """;

    List<Diagnostic> of(Event event, List<Column> changed) {
        List<String> names = changed.stream().map(Column::name).toList();
        List<Diagnostic> findings = new ArrayList<>();
        for (List<String> row : question.ask(TRIGGERS, List.of(event.bits), names)) {
            findings.add(
                    Diagnostic.warning("each changed row of " + question.table() + " fires the trigger " + row.get(0)
                            + " (" + row.get(1) + ", " + row.get(2)
                            + "()); look at what it does, and what it costs for each row" + skips(row.get(3))));
        }
        for (List<String> row : question.ask(RULES)) {
            findings.add(Diagnostic.warning(
                    "the rule " + row.get(0) + " rewrites what is done to " + question.table() + "; " + SUPPRESSED));
        }
        for (List<String> row : question.ask(INDEXES, names)) {
            findings.add(
                    Diagnostic.info(indexes(Long.parseLong(row.get(0))) + " a changed column (" + row.get(1) + ")"));
        }
        findings.addAll(watched(names));
        return findings;
    }

    private static String indexes(long number) {
        return Quantity.of(number, "index") + (number == 1 ? " contains" : " contain");
    }

    private static String skips(String before) {
        return before.equals("t") ? "; " + SUPPRESSED : "";
    }

    private List<Diagnostic> watched(List<String> names) {
        List<Diagnostic> findings = new ArrayList<>();
        for (List<String> row : question.ask(WATCHED, names)) {
            if (!row.get(0).isEmpty()) {
                findings.add(Diagnostic.info("the server computes " + row.get(0) + " again"));
            }
            if (!row.get(1).isEmpty()) {
                findings.add(
                        Diagnostic.info(row.get(1) + " is not written: it stays as it is, unless a trigger sets it"));
            }
        }
        return findings;
    }
}

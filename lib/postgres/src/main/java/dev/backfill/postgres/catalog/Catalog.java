package dev.backfill.postgres.catalog;

import dev.backfill.connector.AbsentFailure;
import dev.backfill.connector.FatalFailure;
import dev.backfill.postgres.connection.PostgresDatabase;
import dev.backfill.words.Nearest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks the server what a table is. */
public final class Catalog {
    private static final String TABLE = "select c.oid, n.nspname, c.relname, c.relkind from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(?)";
    private static final String NAMES = "select case when pg_table_is_visible(c.oid) then c.relname"
            + " else n.nspname || '.' || c.relname end from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'm')"
            + " and n.nspname not in ('pg_catalog', 'information_schema')";
    /** A domain may be over another one; only the innermost has a size. */
    private static final String BASE = "with recursive base(oid, typmod, depth) as (select a.atttypid, a.atttypmod, 0"
            + " union all select t.typbasetype, t.typtypmod, depth + 1 from base"
            + " join pg_catalog.pg_type t on t.oid = base.oid where t.typtype = 'd')"
            + " select oid, typmod from base order by depth desc limit 1";

    private static final String ELEMENT = "with recursive base(oid, depth) as (select t.typelem, 0"
            + " union all select e.typbasetype, depth + 1 from base"
            + " join pg_catalog.pg_type e on e.oid = base.oid where e.typtype = 'd')"
            + " select oid from base order by depth desc limit 1";

    /** The operators of an operator class "o", from less to greater. */
    private static final String OPERATORS = """
        (select array_agg('operator(' || quote_ident(n.nspname) || '.' || p.oprname || ')' order by w.amopstrategy)
         from pg_catalog.pg_amop w join pg_catalog.pg_operator p on p.oid = w.amopopr
         join pg_catalog.pg_namespace n on n.oid = p.oprnamespace
         where w.amopfamily = o.opcfamily and w.amopmethod = o.opcmethod and w.amoppurpose = 's'
           and w.amoplefttype = o.opcintype and w.amoprighttype = o.opcintype)\
        """;

    /** A collation as a statement names it, unless it is the column's own and the database's. */
    private static final String COLLATION = """
        coalesce((select ' collate ' || quote_ident(s.nspname) || '.' || quote_ident(l.collname)
            from pg_catalog.pg_collation l join pg_catalog.pg_namespace s on s.oid = l.collnamespace
            where l.oid = %1$s and (l.collname <> 'default' or %1$s <> a.attcollation)), '')\
        """;

    /** True if the class "o" came with the server, and the collation leaves texts of different bytes different. */
    private static final String BY_TEXT = """
        o.opcnamespace = (select oid from pg_catalog.pg_namespace where nspname = 'pg_catalog') and coalesce(
            (select (to_jsonb(l) ->> 'collisdeterministic')::bool from pg_catalog.pg_collation l where l.oid = %s), true)\
        """;

    /** The operator class that an index on a column of type "t" has unless it names another one. */
    private static final String CLASS = """
        select c.* from pg_catalog.pg_opclass c
        join pg_catalog.pg_am m on m.oid = c.opcmethod and m.amname = 'btree'
        join pg_catalog.pg_type i on i.oid = c.opcintype
        where c.opcdefault and (c.opcintype = t.oid
            or t.typcategory = 'A' and i.typname = 'anyarray'
            or i.typname = case t.typtype when 'e' then 'anyenum' when 'r' then 'anyrange'
                when 'm' then 'anymultirange' when 'c' then 'record' end
            or exists (select from pg_catalog.pg_cast k where k.castsource = t.oid
                and k.casttarget = c.opcintype and k.castmethod = 'b' and k.castcontext = 'i'))
        order by c.opcintype = t.oid desc, i.typispreferred desc limit 1\
        """;

    /** Vectors are in the category of arrays, but are not written as such. */
    private static final String COLUMNS = """
        select a.attname, format_type(a.atttypid, a.atttypmod) as declared,
            format_type(t.oid, -1) as name, format_type(t.oid, base.typmod) as sized, base.typmod, t.typname, t.typdelim,
            t.typoutput = cast('pg_catalog.array_out' as regproc) as is_array,
            format_type(t.typelem, -1) as element, e.typname as element_type, e.typdelim as element_delimiter,
            a.attnotnull, a.attgenerated <> '' or a.attidentity = 'a' as computed, %s as collation,
            %s as operators, %s as by_text
        from pg_catalog.pg_attribute a cross join lateral (%s) as base
        join pg_catalog.pg_type t on t.oid = base.oid cross join lateral (%s) as element
        left join pg_catalog.pg_type e on e.oid = element.oid
        left join lateral (%s) as o on true
        where a.attrelid = ? and a.attnum > 0 and not a.attisdropped order by a.attnum\
        """.formatted(
                    COLLATION.formatted("a.attcollation"),
                    OPERATORS,
                    BY_TEXT.formatted("a.attcollation"),
                    BASE,
                    ELEMENT,
                    CLASS);

    /** The low bit of an option says descending columns, which must not be mixed with ascending ones; the next one nulls first. */
    private static final String KEYS =
            """
            select i.indexrelid::bigint as index, a.attname, m.amname = 'btree' and o.opcdefault
                    and k.coll = a.attcollation as walkable, (k.opt & 1)::int as descending,
                k.opt & 3 in (1, 2) as nulls_first, %s as collation,
                %s as operators, %s as by_text
            from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am m on m.oid = c.relam
            cross join unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[], i.indoption::int2[])
            with ordinality as k(num, coll, class, opt, ord)
            join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num
            join pg_catalog.pg_opclass o on o.oid = k.class
            where i.indrelid = ? and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
                and k.ord <= i.indnkeyatts order by i.indisprimary desc, i.indexrelid, k.ord\
            """.formatted(COLLATION.formatted("k.coll"), OPERATORS, BY_TEXT.formatted("k.coll"));

    /** A B-tree compares in five ways. */
    private static final int STRATEGIES = 5;

    private Catalog() {}

    /** {@link FatalFailure} if there is no such table that can be written to, with the name that was probably meant. */
    public static Table table(PostgresDatabase database, TableName name) {
        return database.read("looking up " + name + " in " + database.title(), connection -> {
            Relation found = relation(database, connection, name);
            if (found.materialized()) {
                throw new FatalFailure(
                        name + " is a materialized view, whose rows come from its query alone: nothing can"
                                + " be written to it; write to the tables under it, then run refresh materialized view "
                                + name.sql());
            }
            return found.table();
        });
    }

    /**
     * A table or a materialized view; {@link FatalFailure} if there is none. A view's columns never promise to have values, so
     * its rows are looked at.
     *
     * @param key by which it will be walked, in order; nothing if it will not be
     */
    public static Table readable(PostgresDatabase database, TableName name, List<String> key) {
        return database.read("looking up " + name + " in " + database.title(), connection -> {
            Relation found = relation(database, connection, name);
            return found.materialized() && found.table().hasIndex(key)
                    ? filled(connection, found.table(), key)
                    : found.table();
        });
    }

    private static Table filled(Connection connection, Table view, List<String> key) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>(view.columns());
        for (Column part : view.columns(key)) {
            if (hasNull(connection, view, part)) {
                throw new FatalFailure(view.name() + " cannot be read by " + UniqueKey.words(key) + ": some of its rows"
                        + " have no " + part.name() + ", and they would never be read; leave them out in the view's"
                        + " query, or take another key");
            }
            columns.put(part.name(), part.filled());
        }
        return new Table(view.name(), columns, view.keys());
    }

    private static boolean hasNull(Connection connection, Table view, Column part) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(
                        "select exists (select from " + view.name().sql() + " where " + part.sql() + " is null)")) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static Relation relation(PostgresDatabase database, Connection connection, TableName name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, name.sql());
            ResultSet found = statement.executeQuery();
            if (!found.next()) {
                throw new AbsentFailure(
                        "there is no table " + name + " in this database"
                                + Nearest.hint(name.toString(), names(connection)),
                        database,
                        name.parts());
            }
            String kind = found.getString("relkind");
            if (!List.of("r", "p", "m").contains(kind)) {
                throw new FatalFailure(name + " is no table, but a view or the like, whose rows nothing identifies;"
                        + " use the table under it, with where(…)");
            }
            long oid = found.getLong("oid");
            TableName full = new TableName(List.of(found.getString("nspname"), found.getString("relname")));
            return new Relation(new Table(full, columns(connection, oid), keys(connection, oid)), kind.equals("m"));
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    private static Map<String, Column> columns(Connection connection, long table) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, table);
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                String name = found.getString("attname");
                columns.put(
                        name,
                        new Column(
                                name,
                                type(found),
                                found.getBoolean("attnotnull"),
                                found.getBoolean("computed"),
                                comparison(found, false)));
            }
        }
        return columns;
    }

    private static ColumnType type(ResultSet found) throws SQLException {
        boolean array = found.getBoolean("is_array");
        Kind kind = array ? Kind.ARRAY : Kind.of(found.getString("typname"));
        return new ColumnType(
                found.getString("declared"),
                found.getString("name"),
                found.getString("sized"),
                kind,
                length(kind, found.getInt("typmod")),
                found.getString("typdelim").charAt(0),
                array ? Optional.of(element(found)) : Optional.empty());
    }

    private static ColumnType element(ResultSet found) throws SQLException {
        String name = found.getString("element");
        Kind kind = Kind.of(found.getString("element_type"));
        char delimiter = found.getString("element_delimiter").charAt(0);
        return new ColumnType(name, name, name, kind, OptionalInt.empty(), delimiter, Optional.empty());
    }

    /** PostgreSQL keeps the length of a text with four more, for its header. */
    private static OptionalInt length(Kind kind, int modifier) {
        boolean limited = (kind == Kind.TEXT || kind == Kind.CHAR) && modifier > 4;
        return limited ? OptionalInt.of(modifier - 4) : OptionalInt.empty();
    }

    private static Comparison comparison(ResultSet found, boolean nullsFirst) throws SQLException {
        java.sql.Array operators = found.getArray("operators");
        List<String> names = operators == null ? List.of() : List.of((String[]) operators.getArray());
        return names.size() == STRATEGIES
                ? new Comparison(names, found.getString("collation"), nullsFirst, found.getBoolean("by_text"))
                : Comparison.UNKNOWN;
    }

    private static List<UniqueKey> keys(Connection connection, long table) throws SQLException {
        Map<Long, List<KeyPart>> indexes = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setLong(1, table);
            ResultSet found = statement.executeQuery();
            while (found.next()) {
                indexes.computeIfAbsent(found.getLong("index"), index -> new ArrayList<>())
                        .add(part(found));
            }
        }
        return indexes.values().stream().map(KeyPart::key).toList();
    }

    private static KeyPart part(ResultSet found) throws SQLException {
        Comparison comparison = comparison(found, found.getBoolean("nulls_first"));
        boolean walkable = found.getBoolean("walkable") && !comparison.equals(Comparison.UNKNOWN);
        return new KeyPart(found.getString("attname"), comparison, found.getInt("descending"), walkable);
    }

    /** What has rows of its own. */
    private record Relation(Table table, boolean materialized) {}

    /** One column of a unique index. */
    private record KeyPart(String column, Comparison comparison, int descending, boolean walkable) {
        static UniqueKey key(List<KeyPart> parts) {
            boolean oneWay = parts.stream().map(KeyPart::descending).distinct().count() == 1;
            return new UniqueKey(
                    parts.stream().map(KeyPart::column).toList(),
                    oneWay && parts.stream().allMatch(KeyPart::walkable),
                    parts.stream().map(KeyPart::comparison).toList());
        }
    }
}

package dev.backfill.postgres

import groovy.sql.Sql

/**
 * Every PostgreSQL type with values at the edges of what it can hold, alone and in each of the shapes that a type has: an array,
 * a domain, a composite, and one within another. Each shape is a table of its own: one column per type, one row per edge.
 */
class EveryType {
    /** What a type is made into; the name of a type or what it casts to is in {@link #types}. */
    static final List<String> SHAPES = ['scalar', 'array', 'domain', 'composite', 'domain_array', 'composite_array', 'array_domain', 'domain_domain', 'composite_domain']

    private static final List<String> TEXTS = ['', ' ', 'NULL', 'null', 'a"b', 'a\\b', '\\', '"', '{}', '{a,b}', '(x,y)', 'a,b', "it's", ' x ', 'tab\tline\nend\r', 'ünï 😀', 'true', '-0', '\\x41', '[0:1]={1}'].asImmutable()

    /** By the name of the column, which is that of the type with underscores: the type, and its edges as texts that it reads. */
    static final Map<String, List<String>> EDGES = [
        'int2'                : ['-32768', '32767', '0'],
        'int4'                : ['-2147483648', '2147483647', '0'],
        'int8'                : ['-9223372036854775808', '9223372036854775807', '0'],
        'numeric'             : ['NaN', 'Infinity', '-Infinity', '0', '0.000', '-1.10', '1e131071', '1e-16383', '123456789012345678901234567890.123456789'],
        'numeric(10,2)'       : ['NaN', '99999999.99', '-0.01', '1.5'],
        'numeric(3,-2)'       : ['99900', '-100', 'NaN'],
        'float4'              : ['NaN', 'Infinity', '-Infinity', '-0', '1.17549435e-38', '3.4028235e+38', '1e-45', '0.1', '16777217'],
        'float8'              : ['NaN', 'Infinity', '-Infinity', '-0', '2.2250738585072014e-308', '1.7976931348623157e+308', '5e-324', '0.1', '0.30000000000000004', '1e15', '123456.789012345'],
        'money'               : ['-92233720368547758.08', '92233720368547758.07', '0', '-0.01', '1234567.89'],
        'bool'                : ['true', 'false'],
        'text'                : TEXTS,
        'varchar'             : TEXTS,
        'varchar(20)'         : TEXTS,
        'char(20)'            : TEXTS,
        '"char"'              : ['a', '"', '\\', ',', ''],
        'name'                : TEXTS,
        'bytea'               : ['\\x', '\\x00', '\\x5c27', '\\xdeadbeef', '\\x7b2c7d22'],
        'date'                : ['infinity', '-infinity', '4713-01-01 BC', '0044-03-15 BC', '0001-01-01', '1582-10-10', '9999-12-31', '10000-01-01', '5874897-12-31', '2024-02-29'],
        'time'                : ['00:00:00', '24:00:00', '23:59:59.999999', '12:34:56.789123', '12:00'],
        'time(3)'             : ['00:00:00', '24:00:00', '12:34:56.789'],
        'timetz'              : ['00:00:00+15:59:59', '24:00:00-15:59:59', '24:00:00+00', '23:59:59.999999-03:30', '12:34:56.789123+05:45', '12:00-00:00:01'],
        'timestamp'           : ['infinity', '-infinity', '4713-01-01 00:00:00 BC', '0044-03-15 12:00:00.000001 BC', '0001-01-01 00:00:00', '294276-12-31 23:59:59.999999', '2024-02-29 23:59:59.999999', '10000-01-01 00:00:00'],
        'timestamp(0)'        : ['infinity', '2024-02-29 23:59:59', '294276-12-31 23:59:59'],
        'timestamptz'         : ['infinity', '-infinity', '4713-01-01 00:00:00+00 BC', '0044-03-15 12:00:00.000001+00 BC', '0001-01-01 00:00:00+00', '1850-01-01 00:00:00+00', '294276-12-31 23:59:59.999999+00', '2024-03-31 02:30:00+02', '2024-10-27 02:30:00.123456+01'],
        'timestamptz(3)'      : ['-infinity', '2024-02-29 23:59:59.999+00'],
        'interval'            : ['0', '1 mon -1 day', '-1 mon +2 days -03:04:05.000006', '178000000 years', '-178000000 years', '-00:00:00.000001', '2562047788:00:54.775807', '1 year 2 mons 3 days 04:05:06', '-1 day -02:03:04', '-1 day 02:03:04'],
        'interval(0)'         : ['1 day 00:00:01', '-1 day -00:00:01'],
        'interval year to month': ['1 year 2 mons', '-1 year -2 mons'],
        'uuid'                : ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11'],
        'json'                : ['null', '{"a" : 1,  "a":2}', '[1e400, -0.0, "\\u00e9", "a\\"b"]', '"text"', ' {} ', '12345678901234567890.10'],
        'jsonb'               : ['null', '{"b": 1, "a": [true, null, {"x": "a\\"b\\\\c"}]}', '1e400', '-0.0', '"{a,b}"', '12345678901234567890.10'],
        'jsonpath'            : ['$', '$."a b"[*] ? (@ > 1.5)', 'strict $.a'],
        'xml'                 : ['<a b="c">d, {e} "f" \'g\' \\</a>', 'text <b/> only', ''],
        'inet'                : ['0.0.0.0/0', '192.168.0.1', '192.168.0.1/24', '::', '2001:db8::1/64', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
        'cidr'                : ['0.0.0.0/0', '10.0.0.0/8', '192.168.0.1/32', '2001:db8::/32'],
        'macaddr'             : ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff'],
        'macaddr8'            : ['00:00:00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff'],
        'bit(5)'              : ['00000', '11111', '10101'],
        'bit'                 : ['0', '1'],
        'varbit'              : ['', '0', '1', '1010101010101'],
        'varbit(8)'           : ['', '11111111'],
        'point'               : ['(0,-0)', '(1.7976931348623157e+308,5e-324)', '(NaN,Infinity)'],
        'line'                : ['{1,-1,0.1}', '{0,1,-0}'],
        'lseg'                : ['[(0,0),(0.1,0.2)]', '[(-1,-1),(-0,1)]'],
        'box'                 : ['(1,1),(0,0)', '(0.3,0.30000000000000004),(-0.1,-1)'],
        'path'                : ['((0,0),(1,1),(2,0))', '[(0,0),(1,1)]'],
        'polygon'             : ['((0,0),(1,1),(2,0.1))', '((0,0))'],
        'circle'              : ['<(0,0),0>', '<(0.1,-0.2),0.30000000000000004>'],
        'tsvector'            : ["'a':1A,2 'it''s':3 'x,y' '{z}' 'b\\\\c'", ''],
        'tsquery'             : ["'a' & !( 'b c' | 'd':*AB )", "'a' <-> 'b' <3> 'c'"],
        'int4range'           : ['empty', '(,)', '[1,10)', '(,5)', '[2147483646,2147483647)'],
        'int8range'           : ['empty', '[-9223372036854775808,)', '[1,10)'],
        'numrange'            : ['empty', '(,)', '[0.00,1.10]', '(-1,1)', '[NaN,)', '[1,Infinity]'],
        'tsrange'             : ['empty', '[-infinity,infinity]', '["2024-01-01 00:00:00","2024-02-01 00:00:00.000001")'],
        'tstzrange'           : ['empty', '(,infinity)', '["2024-01-01 00:00:00+00","2024-02-01 00:00:00.000001+00")', '["0044-03-15 12:00:00+00 BC",)'],
        'daterange'           : ['empty', '[2024-01-01,2024-02-01)', '[-infinity,infinity)'],
        'int4multirange'      : ['{}', '{[1,3),[5,7)}', '{(,)}'],
        'nummultirange'       : ['{}', '{[0.00,1.10],(2,3)}'],
        'tsmultirange'        : ['{}', '{["2024-01-01 00:00:00","2024-01-02 00:00:00"),[infinity,)}'],
        'tstzmultirange'      : ['{}', '{["2024-01-01 00:00:00+00","2024-01-02 00:00:00+00")}'],
        'datemultirange'      : ['{}', '{[2024-01-01,2024-01-02),[2024-02-01,)}'],
        'pg_lsn'              : ['0/0', 'FFFFFFFF/FFFFFFFF', '16/B374D848'],
        'pg_snapshot'         : ['1:1:', '10:20:10,14,15'],
        'xid'                 : ['0', '4294967295'],
        'xid8'                : ['0', '18446744073709551615'],
        'cid'                 : ['0', '4294967295'],
        'tid'                 : ['(0,0)', '(4294967295,65535)'],
        'oid'                 : ['0', '4294967295'],
        'regclass'            : ['pg_catalog.pg_class', '-', '"Odd names"."a,b"'],
        'regtype'             : ['integer', 'character varying', 'every_mood'],
        'int2vector'          : ['', '1 2 3', '-1'],
        'oidvector'           : ['', '1 2 3'],
        'every_mood'          : ['so so', 'it\'s "fine", {really}', 'NULL', '\\'],
        'every_span'          : ['empty', '[-0,0.1)', '(,Infinity]', '[0.30000000000000004,1]'],
        'hstore'              : ['', '"a"=>NULL, "b"=>"NULL", "c,d"=>"e\\"f\\\\g"', '"x"=>"=>"'],
        'citext'              : TEXTS,
    ].asImmutable()

    private static final List<String> EXTENSIONS = ['hstore', 'citext']

    /** The types that this server has. */
    final List<String> names
    private final Sql server

    /** Creates the types that are not built in, where they are not yet there. */
    EveryType(Sql server) {
        this.server = server
        server.execute 'set client_min_messages = warning'
        EXTENSIONS.findAll { available(it) }.each { run "create extension if not exists $it" }
        run 'create schema if not exists "Odd names"'
        run 'create table if not exists "Odd names"."a,b" ()'
        make 'every_mood', """create type every_mood as enum (${EDGES.every_mood.collect { quoted(it) }.join(', ')})"""
        make 'every_span', 'create type every_span as range (subtype = float8, subtype_diff = float8mi)'
        names = EDGES.keySet().findAll { exists(it) } as List
        names.each { type ->
            make "every_domain_${column(type)}", "create domain every_domain_${column(type)} as $type"
            make "every_composite_${column(type)}", "create type every_composite_${column(type)} as (value $type, note text)"
            make "every_array_${column(type)}", "create domain every_array_${column(type)} as $type[]"
            make "every_double_${column(type)}", "create domain every_double_${column(type)} as every_domain_${column(type)}"
            make "every_whole_${column(type)}", "create domain every_whole_${column(type)} as every_composite_${column(type)}"
        }
    }

    /** The column of a type in a table of any shape. */
    static String column(String type) {
        type.replaceAll(/\W+/, '_').replaceAll(/^_|_$/, '') + (type == '"char"' ? '_byte' : '')
    }

    List<String> columns() {
        names.collect { column(it) }
    }

    /** The type of a column in the table of that shape. */
    static String type(String shape, String type) {
        def column = column(type)
        switch (shape) {
            case 'scalar': return type
            case 'array': return "$type[]"
            case 'domain': return "every_domain_$column"
            case 'composite': return "every_composite_$column"
            case 'domain_array': return "every_domain_$column[]"
            case 'composite_array': return "every_composite_$column[]"
            case 'array_domain': return "every_array_$column"
            case 'domain_domain': return "every_double_$column"
            case 'composite_domain': return "every_whole_$column"
        }
        throw new IllegalArgumentException(shape)
    }

    /** Expressions in SQL for the values that a column of that shape is tried with; the last one is null. */
    static List<String> values(String shape, String type) {
        def edges = EDGES[type].collect { "cast(${quoted(it)} as $type)" }
        def composites = (edges + 'null').collect { "cast(row($it, ${quoted('a "note", (\\)')}) as every_composite_${column(type)})" }
        switch (shape) {
            case ['scalar', 'domain', 'domain_domain']: return edges + 'null'
            case ['composite', 'composite_domain']: return composites + "cast(row(null, null) as every_composite_${column(type)})".toString() + 'null'
            case ['array', 'array_domain']: return arrays(edges, type)
            case 'domain_array': return arrays(edges.collect { "cast($it as every_domain_${column(type)})" }, "every_domain_${column(type)}")
            case 'composite_array': return arrays(composites, "every_composite_${column(type)}")
        }
        throw new IllegalArgumentException(shape)
    }

    private static List<String> arrays(List<String> elements, String type) {
        def (first, second) = [elements.first(), elements[1]]
        def pair = "cast(array[$first, $second] as $type[])"
        ["cast(array[${elements.join(', ')}, null] as $type[])",
         "cast('{}' as $type[])",
         "cast(array[array[$first, $second], array[null, $first]] as $type[])",
         "cast('[0:1]=' || cast($pair as text) as $type[])",
         "cast('[-2:-2][5:6]={' || cast($pair as text) || '}' as $type[])",
         "cast(array[null] as $type[])",
         'null']*.toString()
    }

    /** A table of that shape with a row for each edge, and an id from 1; columns whose type has fewer edges begin again. */
    void createFilled(String table, String shape) {
        createEmpty(table, shape)
        def values = names.collect { values(shape, it) }
        (1..values*.size().max()).each { id ->
            run "insert into $table values ($id, ${values.collect { it[(id - 1) % it.size()] }.join(', ')})"
        }
    }

    /** The same table without rows. */
    void createEmpty(String table, String shape) {
        run "drop table if exists $table"
        run "create table $table (id integer primary key, ${names.collect { "${column(it)} ${type(shape, it)}" }.join(', ')})"
    }

    /** The columns, with the id of a row, whose values in two tables are not the same to the last bit, judged by the server. */
    List<String> differences(String table, String other) {
        columns().collectMany { column ->
            server.rows("""select id, cast(a.$column as text) as one, cast(b.$column as text) as two from $table as a full join $other as b using (id)
                where cast(row(a.id, b.id, a.$column) as record) *<> cast(row(b.id, a.id, b.$column) as record)""".toString())
                .collect { "$column of $it.id: ${shown(it.one)} is ${shown(it.two)}".toString() }
        }
    }

    private static String shown(Object text) {
        text == null ? 'null' : text.toString().size() > 200 ? text.toString().take(200) + '…' : text.toString()
    }

    private boolean available(String extension) {
        server.firstRow('select 1 as one from pg_available_extensions where name = ?', [extension])
    }

    private boolean exists(String type) {
        server.firstRow('select to_regtype(?) as type', [type.replaceAll(/\(.*\)/, '').replace(' year to month', '')]).type
    }

    private void make(String type, String statement) {
        if (!exists(type)) {
            run statement
        }
    }

    private void run(String statement) {
        server.execute(statement)
    }

    private static String quoted(String text) {
        "E'${text.replace('\\', '\\\\').replace("'", "''")}'"
    }
}

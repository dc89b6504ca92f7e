package dev.backfill.docs

/** Puts a piece of a script where it can be meant to stand: each result is a whole script. */
class Places {
    /** What examples take for granted. */
    private static final String NAMES = '''\
        def db         = postgres()
        def items      = db.table('items').key('id')
        def products   = db.table('products').key('id')
        def warehouses = db.table('warehouses').key('id')
        def suppliers  = db.table('suppliers').key('id')
        def stock      = db.table('stock').key('product_id', 'warehouse_id')
        def search     = typesense().collection('products')
        def lake       = files('/tmp/lake')
        def relbase    = http('https://api.example.com')
        def users      = foundationdb().keyspace('user', 'u').uuid('user_id').json(Name: 'text')
        def owned      = foundationdb().index('ix').uuid('user_id').rest().value('device_id')
        def devices    = foundationdb().keyspace('device', 'd').uuid('device_id').json(Name: 'text')
        def collections = foundationdb().keyspace('collection', 'c').uuid('collection_id').json(Name: 'text')
        def collected  = foundationdb().index('il').uuid('collection_id').rest().value('qr_id')
        def qrs        = foundationdb().keyspace('QR', 'q').uuid('qr_id').json(Name: 'text')
        def answers    = relbase.get('/stock/{product.id}').forEach(product: products.select('id'))
        '''.stripIndent()

    private static final String REQUESTS = NAMES.readLines().findAll { !it.startsWith('def stock ') }.join('\n') +
        "\ndef stock = relbase.get('/stock/{product.id}').forEach(product: products.select('id'))"

    private static final String SOURCE = "source lake.readJson('records.json', 'records')"
    private static final String SINK = "sink lake.writeJsonl('done.jsonl')"

    private static final Map<String, List<String>> BLOCKS = [
        phase: ['phase', 'source', 'newRows', 'exclude', 'lookup', 'count', 'transform', 'sink', 'reject', 'logEach', 'repeatUntilStable', 'when'],
        throttle: ['pause', 'nice', 'rate', 'requests', 'window', 'lag', 'waitWhile', 'budget', 'concurrency', 'sharedVia'],
        pages: ['byPage', 'byOffset', 'byNext', 'byLink']]

    static List<String> of(String text) {
        def word = text.replaceAll(/(?m)^ *\/\/.*\n/, '').trim().find(/^\w+/) ?: ''
        if (word in ['backfill', 'sandbox']) {
            return [text]
        }
        def places = [backfill("$NAMES\n${has(text, 'phase') ? '' : phase()}\n$text")]
        def inPhase = backfill("$NAMES\n${phase(text)}")
        places = BLOCKS.phase.contains(word) && word != 'phase' ? [inPhase, *places] : [*places, inPhase]
        if (BLOCKS.throttle.contains(word)) {
            places = [backfill("$NAMES\nthrottle {\n$text\n}\n${phase()}"), backfill("$NAMES\ndef one = http('https://api.example.com') { throttle {\n${has(text, 'rate') ? '' : 'rate 6'}\n$text\n} }\n${phase()}"), *places]
        }
        if (BLOCKS.pages.contains(word)) {
            places = [backfill("$NAMES\ndef one = http('https://api.example.com') { pages {\n$text\n} }\n${phase()}")]
        }
        if (word in ['keyspace', 'index', 'collection']) {
            places = [backfill("$NAMES\ndef one = ${word == 'collection' ? 'mongodb' : 'foundationdb'}().$text\n${phase()}"), *places]
        }
        [*places,
         backfill("$REQUESTS\n${phase("source $text")}"),
         backfill("$NAMES\ndef one = $text\n${phase()}"),
         backfill("$NAMES\n${phase("transform { r -> def p = r; def d = r; def q = r; def i = r; def w = r\n [id: r.id, one: ($text)] }")}"),
         backfill("$NAMES\ndef one = http('https://api.example.com') {\n$text\n}\n${phase()}"),
         backfill("$NAMES\nvalidate {\n$text\n}\n${phase().replace("phase('one')", "phase('stock')")}"),
         backfill("$NAMES\nhooks {\n$text\n}\n${phase()}"),
         backfill("$NAMES\ncheckpoint(db) {\n$text\n}\n${phase("$SINK, countAs: 'updated', countMissingAs: 'missing'")}"),
         backfill("$NAMES\nstep('one') {\n$text\n${has(text, 'phase') ? '' : phase()}\n}"),
         backfill("$NAMES\n${phase("sink $text")}"),
         backfill("$NAMES\n${phase("source $text")}"),
         backfill("$NAMES\nensure $text\n${phase()}"),
         *sandboxes(text)]
    }

    private static List<String> sandboxes(String text) {
        def about = has(text, 'about') ? '' : "about 'a shop'"
        def script = has(text, 'script') ? '' : "script 'scripts/products.groovy'"
        def server = has(text, 'postgres') ? '' : "postgres { sql 'select 1' }"
        ["sandbox('x') {\n$about\n$script\n$server\n$text\n}",
         "sandbox('x') {\n$about\n$script\npostgres {\n$text\n}\n}",
         "sandbox('x') {\n$about\n$script\n$server\nfoundationdb {\n$text\n}\n}",
         "sandbox('x') {\n$about\n$script\n$server\ntypesense {\n$text\n}\n}",
         "sandbox('x') {\n$about\n$script\n$server\ntypesense { collection('products') {\n$text\n${has(text, 'fields') ? "documents 'select 1'" : "fields name: 'string'"}\n} }\n}"]
    }

    private static String backfill(String body) {
        "backfill('x') {\n${has(body, 'about') ? '' : "about 'x'"}\n$body\n}"
    }

    private static String phase(String text = '') {
        def source = has(text, 'source') ? '' : SOURCE
        def sink = has(text, 'sink') ? '' : SINK
        "phase('one') {\n$source\n$text\n$sink\n}"
    }

    private static boolean has(String text, String word) {
        text =~ /(?m)^ *$word\b/
    }
}

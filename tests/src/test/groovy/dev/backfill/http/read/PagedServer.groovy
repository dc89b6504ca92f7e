package dev.backfill.http.read

import com.sun.net.httpserver.HttpServer
import groovy.json.JsonOutput

/** A service that gives its items whole or in pages, as the path asks. */
class PagedServer implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    final List<String> asked = [].asSynchronized()
    List<Map<String, Object>> items = []
    int status = 200
    final Map<String, Integer> statuses = [:]
    final Map<String, Object> pages = [:]
    String raw
    Closure<?> afterAnswer = { }

    PagedServer() {
        server.createContext('/') { exchange ->
            def query = (exchange.requestURI.rawQuery ?: '').split('&').findAll { it }.collectEntries { it.split('=').toList().collect { URLDecoder.decode(it, 'UTF-8') } }
            asked << exchange.requestURI.toString()
            def (part, body) = answer(exchange.requestURI.path, query)
            if (part) {
                exchange.responseHeaders.set('Link', "<$address/link?after=$part>; rel=\"next\"")
            }
            def bytes = raw != null ? raw.bytes : JsonOutput.toJson(pages.containsKey(exchange.requestURI.toString()) ? pages[exchange.requestURI.toString()] : body).bytes
            afterAnswer()
            exchange.sendResponseHeaders(statuses.getOrDefault(exchange.requestURI.toString(), status), bytes.length)
            exchange.responseBody.write(bytes)
            exchange.close()
        }
        server.start()
    }

    String getAddress() {
        "http://127.0.0.1:$server.address.port"
    }

    private List<?> answer(String path, Map<String, String> query) {
        int from = 0
        int size = items.size()
        switch (path) {
            case '/page': size = query.limit as int; from = ((query.page as int) - 1) * size; break
            case '/offset': size = query.limit as int; from = query.offset as int; break
            case '/same': size = 3; break
            case '/cursor': size = 3; from = query.after ? query.after[1..-1] as int : 0; break
            case '/link': size = 3; from = (query.after ?: '0') as int; break
            case '/address': size = 3; from = (query.from ?: '0') as int; break
        }
        def page = items.drop(from).take(size)
        boolean more = from + page.size() < items.size()
        def next = path == '/cursor' ? "c${from + 3}".toString() : "$address/address?from=${from + 3}".toString()
        [path == '/link' && more ? from + 3 : null,
         [data: [products: page], meta: [next_page: more ? next : null, total: items.size(), other: [1, [a: 2]]]]]
    }

    @Override
    void close() {
        server.stop(0)
    }
}

package dev.backfill.scripts

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

/** Stands before an HTTP server, hands every request on, and lets a spec do something before it does. */
class ForwardingServer implements AutoCloseable {
    private static final Set<String> OWN = ['host', 'content-length', 'connection', 'transfer-encoding', 'upgrade', 'http2-settings'] as Set

    private final threads = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private final URI target
    private final Closure<?> before

    /**
     * @param before gets the method, the path and the body of each request
     */
    ForwardingServer(URI target, Closure<?> before) {
        this.target = target
        this.before = before
        server.executor = threads
        server.createContext('/') { handOn(it) }
        server.start()
    }

    int getPort() {
        server.address.port
    }

    /** Takes no more, and waits until all that came has been handed on. */
    void finish() {
        threads.shutdown()
        assert threads.awaitTermination(30, TimeUnit.SECONDS)
    }

    private void handOn(HttpExchange exchange) {
        def body = exchange.requestBody.bytes
        before(exchange.requestMethod, exchange.requestURI.path, new String(body, 'UTF-8'))
        def request = HttpRequest.newBuilder(target.resolve(exchange.requestURI as String))
                .method(exchange.requestMethod, body.length ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody())
        exchange.requestHeaders.each { name, values -> if (!OWN.contains(name.toLowerCase())) { request.header(name, values[0]) } }
        def answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length ?: -1)
        exchange.responseBody.withCloseable { it.write(answer.body()) }
    }

    @Override
    void close() {
        server.stop(0)
    }
}

package dev.backfill.typesense

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import dev.backfill.sandbox.typesense.SearchServer
import dev.backfill.typesense.client.TypesenseClient

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.CopyOnWriteArrayList

/** A way to a server that notes each request, as "GET /collections/…". */
class Passage implements AutoCloseable {
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private final HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    private final SearchServer server
    final List<String> requests = new CopyOnWriteArrayList<>()

    Passage(SearchServer server) {
        this.server = server
        front.createContext('/', this::pass)
        front.start()
    }

    TypesenseClient client() {
        Connecting.to(Connecting.endpoint(front.address.port, server.apiKey()))
    }

    /** Nothing but questions was asked. */
    boolean onlyLooked() {
        requests.every { it.startsWith('GET ') }
    }

    private void pass(HttpExchange exchange) {
        def path = exchange.requestURI.toString()
        requests << "$exchange.requestMethod $path".toString()
        def request = HttpRequest.newBuilder(URI.create("http://${server.host()}:${server.port()}$path"))
                .header('X-TYPESENSE-API-KEY', exchange.requestHeaders.getFirst('X-TYPESENSE-API-KEY'))
                .method(exchange.requestMethod, BodyPublishers.ofByteArray(exchange.requestBody.readAllBytes()))
                .build()
        def response = http.send(request, BodyHandlers.ofByteArray())
        exchange.sendResponseHeaders(response.statusCode(), 0)
        exchange.responseBody.withStream { it.write(response.body()) }
    }

    @Override
    void close() {
        front.stop(0)
    }
}

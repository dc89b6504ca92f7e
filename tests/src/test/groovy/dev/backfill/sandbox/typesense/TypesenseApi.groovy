package dev.backfill.sandbox.typesense

import groovy.json.JsonOutput
import groovy.json.JsonSlurper

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

/** Speaks to a server as any other program would, without the connector. */
class TypesenseApi {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    final SearchServer server
    String apiKey

    TypesenseApi(SearchServer server) {
        this.server = server
        this.apiKey = server.apiKey()
    }

    HttpResponse<String> send(String method, String path, String body = '') {
        def request = HttpRequest.newBuilder(URI.create("http://${server.host()}:${server.port()}$path"))
                .header('X-TYPESENSE-API-KEY', apiKey)
                .method(method, BodyPublishers.ofString(body))
                .build()
        client.send(request, BodyHandlers.ofString())
    }

    Object json(String method, String path, Object body = null) {
        new JsonSlurper().parseText(send(method, path, body == null ? '' : JsonOutput.toJson(body)).body())
    }

    String error(String method, String path, String body = '') {
        def response = send(method, path, body)
        "${response.statusCode()} ${new JsonSlurper().parseText(response.body()).message}"
    }

    /** A new collection of a random name. */
    String collection(List<Map> fields) {
        def name = "c-${UUID.randomUUID()}".toString()
        assert send('POST', '/collections', JsonOutput.toJson([name: name, fields: fields])).statusCode() == 201
        name
    }

    List<Map> importAll(String collection, String action, List documents) {
        importText(collection, action, documents.collect { JsonOutput.toJson(it) }.join('\n'))
    }

    List<Map> importText(String collection, String action, String text) {
        def response = send('POST', "/collections/$collection/documents/import?action=$action&dirty_values=reject", text)
        assert response.statusCode() == 200
        lines(response.body())
    }

    List<Map> export(String collection, String query = '') {
        lines(send('GET', "/collections/$collection/documents/export$query").body())
    }

    static List<Map> lines(String text) {
        text.empty ? [] : text.split('\n').collect { new JsonSlurper().parseText(it) as Map }
    }
}

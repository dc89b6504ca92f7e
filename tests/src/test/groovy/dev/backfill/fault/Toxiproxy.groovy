package dev.backfill.fault

import groovy.json.JsonOutput
import groovy.json.JsonSlurper

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.locks.LockSupport

/** Stands between clients and servers of this machine, as a process of its own, and makes the wire bad as it is told. */
class Toxiproxy implements AutoCloseable {
    static final String HOW = 'toxiproxy-server is not here: go install github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0, and TOXIPROXY_SERVER=<the file>'

    private final int port = free()
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    private final Process process

    private Toxiproxy() {
        process = new ProcessBuilder(program(), '-host', '127.0.0.1', '-port', port as String)
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
    }

    static Toxiproxy start() {
        def started = new Toxiproxy()
        def deadline = System.nanoTime() + 10_000_000_000L
        while (!started.answers()) {
            assert started.process.alive && System.nanoTime() < deadline
            LockSupport.parkNanos(20_000_000)
        }
        started
    }

    /** Where it is: told by TOXIPROXY_SERVER, or found in PATH; null if it is not there. */
    static String program() {
        def told = System.getenv('TOXIPROXY_SERVER')
        ([told] + System.getenv('PATH').split(File.pathSeparator).collect { "$it/toxiproxy-server" })
            .find { it && new File(it as String).canExecute() }
    }

    private static int free() {
        new ServerSocket(0).withCloseable { it.localPort }
    }

    boolean answers() {
        try {
            ask('GET', '/version') != null
        } catch (IOException ignored) {
            false
        }
    }

    /** The port of a new way to this port. */
    int way(String name, int target) {
        def listen = ask('POST', '/proxies', [name: name, listen: '127.0.0.1:0', upstream: "127.0.0.1:$target".toString()]).listen as String
        listen.split(':')[-1] as int
    }

    /** Makes the way bad until {@link #mend}. */
    void add(String way, String type, Map<String, Integer> attributes) {
        ask('POST', "/proxies/$way/toxics", [name: type, type: type, stream: 'downstream', attributes: attributes])
    }

    void mend(String way, String type) {
        ask('DELETE', "/proxies/$way/toxics/$type")
    }

    /** Loses all connections and takes no new ones, or takes them again. */
    void open(String way, boolean open) {
        ask('POST', "/proxies/$way", [enabled: open])
    }

    private Map ask(String method, String path, Map<String, ?> body = null) {
        def content = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(JsonOutput.toJson(body))
        def request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port$path")).method(method, content).build()
        def answer = client.send(request, HttpResponse.BodyHandlers.ofString())
        assert answer.statusCode() < 300: "$method $path: ${answer.body()}"
        answer.body().startsWith('{') ? new JsonSlurper().parseText(answer.body()) as Map : [:]
    }

    @Override
    void close() {
        process.destroy()
        process.waitFor()
    }
}

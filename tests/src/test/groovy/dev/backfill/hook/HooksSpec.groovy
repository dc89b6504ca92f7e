package dev.backfill.hook

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import dev.backfill.plan.HookEvent
import dev.backfill.plan.HookRule
import dev.backfill.plan.Secret
import groovy.json.JsonSlurper
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

@Timeout(60)
class HooksSpec extends Specification {
    @TempDir
    Path folder
    def received = new ConcurrentLinkedQueue<String>()
    def answers = new CountDownLatch(0)
    @AutoCleanup('stop0')
    def server = new Object() {
        final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)

        void stop0() { http.stop(0) }
    }

    def setup() {
        server.http.createContext('/') { HttpExchange exchange ->
            received << exchange.requestBody.getText('UTF-8')
            answers.await(20, TimeUnit.SECONDS)
            exchange.sendResponseHeaders(exchange.requestURI.path == '/bad' ? 500 : 200, -1)
            exchange.close()
        }
        server.http.start()
    }

    private HookRule webhook(Collection<HookEvent> events, String path = '/T1/secret-token') {
        new HookRule(events as Set, new HookRule.Call.Webhook(new Secret('SLACK_URL', "http://127.0.0.1:${server.http.address.port}$path")))
    }

    def "a webhook gets the form that Slack takes, for its events only"() {
        when:
        new Hooks('shop', [webhook([HookEvent.FAILURE, HookEvent.STALL])]).withCloseable {
            it.tell(HookEvent.START, 'shop: begins')
            it.tell(HookEvent.FAILURE, 'shop: "failed"')
        }

        then:
        received.collect { new JsonSlurper().parseText(it) } == [[text: 'shop: "failed"']]
    }

    def "a command gets what happened in its environment"() {
        given:
        def file = folder.resolve('told')
        def call = new HookRule.Call.Command("echo \"\$BACKFILL_EVENT|\$BACKFILL_NAME|\$BACKFILL_TEXT\" >> $file")

        when:
        new Hooks('shop', [new HookRule([HookEvent.END] as Set, call)]).withCloseable {
            it.tell(HookEvent.END, 'shop: is done; $(rm -rf /)')
        }

        then:
        Files.readString(file) == 'end|shop|shop: is done; $(rm -rf /)\n'
    }

    def "nobody waits for a hook that hangs, and one that fails harms nothing"() {
        given:
        answers = new CountDownLatch(1)
        def hooks = new Hooks('shop', [webhook([HookEvent.START]), webhook([HookEvent.START], '/bad'),
            new HookRule([HookEvent.START] as Set, new HookRule.Call.Command('exit 7')),
            new HookRule([HookEvent.START] as Set, new HookRule.Call.Webhook(new Secret('SLACK_URL', 'not an address')))])

        when:
        def begun = System.nanoTime()
        50.times { hooks.tell(HookEvent.START, 'shop: begins') }
        def told = System.nanoTime() - begun
        answers.countDown()
        hooks.close()

        then:
        told < TimeUnit.SECONDS.toNanos(1)
        noExceptionThrown()
    }

    def "nothing secret is told, and one line only"() {
        expect:
        new Message(HookEvent.FAILURE, 'shop', 'shop: no route to postgres://ops:hunter2@db:5432/shop\n  at line 7').text() ==
                'shop: no route to postgres://…@db:5432/shop'
        new Message(HookEvent.FAILURE, 'shop', 'x' * 2000).text().length() == 501
    }

    def "an address is a webhook, anything else a command"() {
        expect:
        HookRule.call(new Secret('BACKFILL_HOOK', text)).class == type

        where:
        text                        || type
        'https://hooks.example/T/1' || HookRule.Call.Webhook
        'HTTP://localhost:1'        || HookRule.Call.Webhook
        './page-on-call --now'     || HookRule.Call.Command
    }
}

package dev.backfill.typesense.client

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import dev.backfill.connector.FatalFailure
import dev.backfill.plan.Secret
import dev.backfill.typesense.Connecting
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.time.Duration

class TrustSpec extends Specification {
    static final char[] PASSWORD = 'changeit'.toCharArray()

    @Shared
    @TempDir
    Path folder

    @Shared
    Path certificate

    @Shared
    @AutoCleanup('stop')
    StoppableHttps server

    def setupSpec() {
        def store = folder.resolve('server.p12')
        keytool('-genkeypair', '-alias', 'server', '-keyalg', 'EC', '-dname', 'CN=search', '-ext', 'SAN=ip:127.0.0.1',
                '-storetype', 'PKCS12', '-keystore', store.toString(), '-storepass', 'changeit', '-validity', '36500')
        certificate = folder.resolve('ca.pem')
        keytool('-exportcert', '-rfc', '-alias', 'server', '-keystore', store.toString(), '-storepass', 'changeit',
                '-file', certificate.toString())
        server = new StoppableHttps(store)
    }

    static void keytool(String... arguments) {
        def tool = Path.of(System.getProperty('java.home'), 'bin', 'keytool').toString()
        def process = new ProcessBuilder([tool] + arguments.toList()).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0: output
    }

    byte[] ask(Optional<Path> authorities) {
        def endpoint = new Endpoint('https', '127.0.0.1', server.port, new Secret('TYPESENSE_API_KEY', 'k'), Duration.ofSeconds(5), authorities)
        Connecting.to(endpoint).send(Call.get('looking', '/health', Duration.ofSeconds(5)))
    }

    def 'a server whose authority is in the file is trusted'() {
        expect:
        new String(ask(Optional.of(certificate))) == '{"ok":true}'
    }

    def 'a server of an unknown authority is refused, once, with the way out'() {
        when:
        ask(Optional.empty())

        then:
        def e = thrown FatalFailure
        e.message.contains('certificate is not trusted')
        e.message.contains('TYPESENSE_CA_FILE')
    }

    def 'a file that holds no certificate is told by name: #text'() {
        given:
        def file = folder.resolve('wrong.pem')
        Files.writeString(file, text)

        when:
        ask(Optional.of(file))

        then:
        def e = thrown FatalFailure
        e.message.contains("the certificates in $file cannot be read")
        e.message.contains('check TYPESENSE_CA_FILE')

        where:
        text << ['', 'no certificate']
    }

    def 'a file that is not there is told by name'() {
        when:
        ask(Optional.of(folder.resolve('none.pem')))

        then:
        def e = thrown FatalFailure
        e.message.contains('none.pem')
    }

    /** Answers as /health does, with the certificate of a key store. */
    static class StoppableHttps {
        private final HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)

        StoppableHttps(Path store) {
            def keys = KeyStore.getInstance(store.toFile(), PASSWORD)
            def managers = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm)
            managers.init(keys, PASSWORD)
            def context = SSLContext.getInstance('TLS')
            context.init(managers.keyManagers, null, null)
            https.httpsConfigurator = new HttpsConfigurator(context)
            https.createContext('/') { exchange ->
                byte[] body = '{"ok":true}'.bytes
                exchange.sendResponseHeaders(200, body.length)
                exchange.responseBody.withCloseable { it.write(body) }
            }
            https.start()
        }

        int getPort() {
            https.address.port
        }

        void stop() {
            https.stop(0)
        }
    }
}

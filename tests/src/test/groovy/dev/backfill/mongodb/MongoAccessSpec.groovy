package dev.backfill.mongodb

import de.bwaldvogel.mongo.MongoServer
import de.bwaldvogel.mongo.backend.memory.MemoryBackend
import dev.backfill.checkpoint.CheckpointStore
import dev.backfill.checkpoint.CheckpointSnapshot
import dev.backfill.connector.FatalFailure
import dev.backfill.plan.Settings
import dev.backfill.plan.WordProvider
import dev.backfill.run.OpenResources
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

import java.security.KeyStore
import java.security.PrivateKey
import java.security.cert.X509Certificate

class MongoAccessSpec extends Specification {
    static final String PASSWORD = 'hunter2-very-secret'

    @Shared
    @AutoCleanup('shutdownNow')
    MongoServer plain = new MongoServer(new MemoryBackend())

    @Shared
    int port = URI.create(plain.bindAndGetConnectionString()).port

    @Shared
    @TempDir
    File folder

    @AutoCleanup
    def resources = new OpenResources(4)

    private CheckpointStore open(Map<String, Object> variables) {
        new MongodbWordProvider().create(new Settings([MONGO_CONNECTION_TIMEOUT: '1'] + variables.collectEntries { [it.key, it.value as String] })).mongodb()
            .collection('checkpoints').open(resources, 'document')
    }

    private static String trace(Throwable error) {
        def text = new StringWriter()
        error.printStackTrace(new PrintWriter(text))
        text
    }

    def "the language finds the words"() {
        expect:
        ServiceLoader.load(WordProvider).any { it.words() == MongodbWords }
    }

    def "the database is MONGO_DB_NAME's, else the address's, else checkpoint_db"() {
        given:
        def settings = new Settings([MONGO_URI: uri] + (name ? [MONGO_DB_NAME: name] : [:]))

        expect:
        new MongodbWordProvider().create(settings).mongodb().collection('c').title() == "${database}.c in MongoDB"

        where:
        uri                                          | name    || database
        'mongodb://localhost'                        | null    || 'checkpoint_db'
        'mongodb://localhost/'                       | null    || 'checkpoint_db'
        'mongodb://localhost/?tls=true'              | null    || 'checkpoint_db'
        'mongodb://u:p%2F@a:1,b:2/shop'              | null    || 'shop'
        'mongodb+srv://u:p@nowhere.invalid/shop?w=1' | null    || 'shop'
        'mongodb://localhost/shop%20two'             | null    || 'shop two'
        'mongodb://localhost/shop'                   | 'other' || 'other'
    }

    def "a missing address is noted for one message with all others, and nothing is connected to"() {
        given:
        def settings = new Settings([:])

        when:
        new MongodbWordProvider().create(settings).mongodb().collection('c')

        then:
        settings.problems().any { it.contains('MONGO_URI') }
    }

    def "words that are not used ask for no variable"() {
        given:
        def settings = new Settings([:])

        when:
        new MongodbWordProvider().create(settings)

        then:
        settings.problems() == []
    }

    def "what is no address is refused without printing it"() {
        when:
        open(MONGO_URI: uri)

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('MONGO_URI is no MongoDB address')
        !trace(failure).contains(PASSWORD)

        where:
        uri << ["mongo://ops:$PASSWORD@localhost", "mongodb://ops:$PASSWORD@/@localhost", PASSWORD,
                "mongodb://ops:a@$PASSWORD@localhost:x/"]*.toString()
    }

    def "refused credentials are fatal, say what to check, and are not printed"() {
        when: 'the stand-in knows no users, so it refuses to authenticate any'
        open(MONGO_URI: "mongodb://ops:$PASSWORD@127.0.0.1:$port/").read()

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('check user, password and authSource in MONGO_URI')
        !trace(failure).contains(PASSWORD)
    }

    def "a TLS handshake that the server breaks off is fatal and says what to check"() {
        given: 'a server that answers as one does that does not like the client'
        def refusing = new ServerSocket(0, 50, InetAddress.loopbackAddress)
        Thread.startDaemon {
            while (!refusing.closed) {
                refusing.accept().withCloseable {
                    it.inputStream.read(new byte[16_384])
                    it.outputStream.write([21, 3, 3, 0, 2, 2, 80] as byte[])
                    it.shutdownOutput()
                    it.inputStream.readAllBytes()
                }
            }
        }

        when:
        open(MONGO_URI: "mongodb://127.0.0.1:$refusing.localPort/?tls=true", MONGO_CONNECTION_TIMEOUT: 4).read()

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('internal_error')
        failure.message.contains('TLS could not be established')
        failure.message.contains('MONGO_TLS_CA_FILE')

        cleanup:
        refusing.close()
    }

    def "a server whose certificate comes from the named authority is trusted, others are not"() {
        given:
        def certificate = new File(folder, 'authority.pem')
        def server = secured(certificate)
        def uri = "mongodb://localhost:${URI.create(server.bindAndGetConnectionString()).port}/?tls=true"

        expect:
        open(MONGO_URI: uri, MONGO_TLS_CA_FILE: certificate, MONGO_CONNECTION_TIMEOUT: 20).read() == CheckpointSnapshot.nothing()

        when:
        open(MONGO_URI: uri, MONGO_CONNECTION_TIMEOUT: 2).read()

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('MONGO_TLS_CA_FILE')

        cleanup:
        server.shutdownNow()
    }

    def "a file of authorities that cannot be read is named"() {
        given:
        def file = new File(folder, 'broken.pem')
        if (text != null) {
            file.text = text
        }

        when:
        open(MONGO_URI: "mongodb://127.0.0.1:$port/?tls=true", MONGO_TLS_CA_FILE: file)

        then:
        def failure = thrown(FatalFailure)
        failure.message.contains('MONGO_TLS_CA_FILE')

        cleanup:
        file.delete()

        where:
        text << [null, 'no certificate', '']
    }

    /** A server with a certificate for localhost, which is left in the file. */
    private MongoServer secured(File certificate) {
        def keys = new File(folder, 'keys.p12')
        run 'keytool', '-genkeypair', '-alias', 'server', '-keyalg', 'EC', '-dname', 'CN=localhost', '-ext',
            'SAN=dns:localhost', '-validity', '2', '-storetype', 'PKCS12', '-keystore', keys, '-storepass', 'changeit'
        run 'keytool', '-exportcert', '-rfc', '-alias', 'server', '-keystore', keys, '-storepass', 'changeit',
            '-file', certificate
        def store = KeyStore.getInstance('PKCS12')
        keys.withInputStream { store.load(it, 'changeit'.toCharArray()) }
        def server = new MongoServer(new MemoryBackend())
        server.enableSsl(store.getKey('server', 'changeit'.toCharArray()) as PrivateKey, null,
            store.getCertificate('server') as X509Certificate)
        server
    }

    private static void run(Object... command) {
        def tool = "${System.getProperty('java.home')}/bin/${command.head()}"
        def process = new ProcessBuilder([tool.toString()] + command.tail()*.toString()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: said
    }
}

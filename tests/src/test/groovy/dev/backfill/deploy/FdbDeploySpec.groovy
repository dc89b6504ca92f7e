package dev.backfill.deploy

import com.fasterxml.jackson.databind.DeserializationFeature
import com.fasterxml.jackson.databind.json.JsonMapper
import dev.backfill.dsl.Launch
import io.fabric8.kubernetes.api.model.ConfigMap
import io.fabric8.kubernetes.api.model.HasMetadata
import io.fabric8.kubernetes.api.model.Secret
import io.fabric8.kubernetes.api.model.batch.v1.Job
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml
import org.yaml.snakeyaml.constructor.SafeConstructor
import spock.lang.Requires
import spock.lang.Specification

/** The files of deploy/fdb-to-postgres, as far as they can be held to without a cluster. */
class FdbDeploySpec extends Specification {
    static final File HOME = new File('..').canonicalFile
    static final File FOLDER = new File(HOME, 'deploy/fdb-to-postgres')
    static final File WORKFLOW = new File(HOME, '.github/workflows/fdb-backfill-image.yml')

    static Map<String, Object> yaml(String text) {
        new Yaml(new SafeConstructor(new LoaderOptions(allowDuplicateKeys: false))).load(text) as Map
    }

    /** Strictly: a field that Kubernetes does not know is an error, not something to pass over. */
    static <T> T parse(String text, Class<T> type) {
        def mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()
        def parsed = mapper.convertValue(yaml(text), type)
        def unknown = strange(parsed, [] as Set)
        if (unknown) {
            throw new IllegalArgumentException("unknown to Kubernetes: $unknown")
        }
        parsed
    }

    /** What the model has put aside because it knows no such field. */
    private static List<String> strange(Object object, Set<Integer> seen) {
        if (object instanceof Collection) {
            return object.collectMany { strange(it, seen) }
        } else if (object == null || !object.getClass().name.startsWith('io.fabric8') || !seen.add(System.identityHashCode(object))) {
            return []
        }
        def own = object.hasProperty('additionalProperties') ? (object.additionalProperties as Map).keySet().toList() : []
        own + object.properties.findAll { name, value -> !(name in ['class', 'additionalProperties']) }.values().collectMany { strange(it, seen) }
    }

    static Job job() { parse(new File(FOLDER, 'job.yaml').text, Job) }

    def "the Job is what is documented: name, namespace, limits, and no endless tries"() {
        given:
        def job = job()
        def pod = job.spec.template.spec
        def container = pod.containers.first()

        expect:
        [job.metadata.name, job.metadata.namespace] == ['fdb-backfill', 'teaelephant']
        job.spec.backoffLimit == 3 && job.spec.ttlSecondsAfterFinished > 0
        pod.restartPolicy == 'Never' && pod.terminationGracePeriodSeconds >= 30
        container.resources.requests.collectEntries { name, amount -> [name, amount.toString()] } == [memory: '256Mi', cpu: '250m']
        container.resources.limits.collectEntries { name, amount -> [name, amount.toString()] } == [memory: '512Mi', cpu: '500m']
        pod.securityContext.runAsUser == 10001 && container.securityContext.readOnlyRootFilesystem
    }

    def "a drained pod is replaced without counting as a failure, and what a retry cannot help fails at once"() {
        given:
        def rules = job().spec.podFailurePolicy.rules

        expect: 'the first rule that matches counts'
        rules*.action == ['Ignore', 'FailJob']
        rules[0].onPodConditions*.type == ['DisruptionTarget']
        rules[1].onExitCodes.values == [2, 3, 4, 5]
        rules[1].onExitCodes.containerName == job().spec.template.spec.containers.first().name
    }

    def "the image may be in a private registry, and the page says how to make the secret"() {
        expect:
        job().spec.template.spec.imagePullSecrets*.name == ['ghcr-pull']
        new File(FOLDER, 'README.md').text.contains('create secret docker-registry ghcr-pull ')
    }

    def "the page's function runs another command of the script in the same Job"() {
        given:
        def command = (new File(FOLDER, 'README.md').text =~ /sed "(s\|.+?\|)"/)[0][1] as String
        def sed = new ProcessBuilder('sed', command.replace('$1', '["plan"]').replace('\\\\', '\\'), new File(FOLDER, 'job.yaml').path).start()
        def changed = parse(sed.inputStream.text, Job)

        expect:
        changed.spec.template.spec.containers.first().args == ['plan']
        job().spec.template.spec.containers.first().args == []
    }

    def "another minor release of FoundationDB is a build argument that reaches the installed pom"() {
        given:
        def pom = new File(HOME, 'pom.xml').text
        def edit = (new File(FOLDER, 'Dockerfile').text =~ /sed -i "(.+?)"/)[0][1] as String
        def sed = new ProcessBuilder('sed', edit.replace('$FDB_JAVA_VERSION', '7.3.43'), new File(HOME, 'pom.xml').path).start()

        expect:
        sed.inputStream.text == pom.replaceFirst('<foundationdb.version>.*</', '<foundationdb.version>7.3.43</')
    }

    def "its secret and its config map are those of the examples"() {
        given:
        def pod = job().spec.template.spec
        def secret = parse(new File(FOLDER, 'secret.example.yaml').text, Secret)
        def config = parse(new File(FOLDER, 'configmap.example.yaml').text, ConfigMap)
        def environment = pod.containers.first().env.collectEntries { [it.name, it] }

        expect:
        [secret, config].every { HasMetadata it -> it.metadata.namespace == 'teaelephant' }
        environment.PG_DSN.valueFrom.secretKeyRef.with { [it.name, it.key] } == [secret.metadata.name, secret.stringData.keySet().first()]
        pod.volumes.find { it.configMap }.configMap.name == config.metadata.name
        environment.DATABASEPATH.value == "/cluster/${config.data.keySet().first()}"
        pod.initContainers.first().command == ['cp', "/given/${config.data.keySet().first()}", environment.DATABASEPATH.value]
    }

    def "the address in the example is one that the script takes"() {
        given:
        def dsn = parse(new File(FOLDER, 'secret.example.yaml').text, Secret).stringData.PG_DSN

        expect:
        Launch.load(new File(HOME, 'scripts/fdb-to-postgres.groovy').toPath(), [], [PG_DSN: dsn]).problems() == []
    }

    def "a misspelt field is an error: #wrong"() {
        when:
        parse(new File(FOLDER, 'job.yaml').text.replace(right, wrong), Job)

        then:
        def error = thrown RuntimeException
        error.message.contains(wrong - ':')

        where:
        right                     | wrong
        'backoffLimit:'           | 'backofLimit:'
        'restartPolicy:'          | 'restartPolicies:'
        'allowPrivilegeEscalation:' | 'allowPrivileges:'
    }

    def "the image holds the client library, and runs the script as a user without rights"() {
        given:
        def text = new File(FOLDER, 'Dockerfile').text

        expect:
        text.contains('ARG FDB_VERSION=7.1.') && text.contains('libfdb_c.so /usr/lib/') && text.contains('sha256sum -c')
        text.contains('USER 10001:10001')
        text.trim().endsWith('ENTRYPOINT ["/opt/backfill/jbang", "run", "--offline", "/opt/backfill/scripts/fdb-to-postgres.groovy"]')

        and: 'whatever is copied is there, and nothing else is sent to the build'
        def copied = text.readLines().findAll { it.startsWith('COPY ') && !it.contains('--from') }.collectMany { it.split(' ').toList().tail().init() }
        def sent = new File(FOLDER, 'Dockerfile.dockerignore').readLines().findAll { it && !it.startsWith('#') }
        copied.every { new File(HOME, it as String).exists() }
        sent.first() == '**'
        sent.findAll { it.startsWith('!') }*.substring(1) as Set == copied as Set
    }

    def "the workflow builds that image, and pushes it only from the main branch, a release, or by hand"() {
        given:
        def workflow = yaml(WORKFLOW.text)
        def build = (workflow.jobs as Map).image.steps.find { it.uses?.startsWith('docker/build-push-action') }

        expect:
        new File(HOME, build.with.file as String).isFile()
        build.with.push == '${{ github.event_name != \'pull_request\' }}'
        (workflow.jobs as Map).image.env.FDB_VERSION.contains((new File(FOLDER, 'Dockerfile').text =~ /FDB_VERSION=(\S+)/)[0][1] as String)
    }

    @Requires(value = { env.ACTIONLINT || 'which actionlint'.execute().waitFor() == 0 }, reason = 'there is no actionlint: name its program in ACTIONLINT')
    def "actionlint finds nothing in the workflow"() {
        given:
        def lint = new ProcessBuilder(System.getenv('ACTIONLINT') ?: 'actionlint', WORKFLOW.path).redirectErrorStream(true).start()

        expect:
        lint.inputStream.text == ''
        lint.waitFor() == 0
    }
}

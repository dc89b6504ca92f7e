package dev.backfill.foundationdb;

import dev.backfill.foundationdb.connection.ClusterSettings;
import dev.backfill.plan.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers the words with what the settings hold. */
record ConfiguredWords(Settings settings) implements FoundationdbWords {
    private static final List<String> NAMING = List.of("DATABASEPATH", "FDB_CLUSTER_FILE");
    private static final String USUAL = "/etc/foundationdb/fdb.cluster";
    private static final String USUAL_ON_A_MAC = "/usr/local/etc/foundationdb/fdb.cluster";

    @Override
    public Foundationdb foundationdb() {
        Optional<String> naming =
                NAMING.stream().filter(name -> settings.find(name).isPresent()).findFirst();
        return new FoundationdbDefinition(new ClusterSettings(
                Path.of(naming.flatMap(settings::find).orElseGet(ConfiguredWords::usual)),
                naming.orElse("the usual one, as neither DATABASEPATH nor FDB_CLUSTER_FILE is set"),
                settings.find("FDB_NETWORK_OPTION_EXTERNAL_CLIENT_DIRECTORY"),
                settings.find("FDB_STAND_IN").map(Path::of)));
    }

    private static String usual() {
        return System.getProperty("os.name", "").startsWith("Mac") ? USUAL_ON_A_MAC : USUAL;
    }
}

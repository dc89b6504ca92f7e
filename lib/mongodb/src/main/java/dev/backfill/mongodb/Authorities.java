package dev.backfill.mongodb;

import dev.backfill.connector.FatalFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS trust the certificates of a file, and no others. */
final class Authorities {
    private Authorities() {}

    static SSLContext trusting(Path file) {
        try (InputStream certificates = Files.newInputStream(file)) {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(certificates));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new FatalFailure(
                    "reading the certificates of MONGO_TLS_CA_FILE: " + e + "; name a file of PEM certificates", e);
        }
    }

    private static KeyStore store(InputStream certificates) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        if (store.size() == 0) {
            throw new CertificateException("it contains none");
        }
        return store;
    }
}

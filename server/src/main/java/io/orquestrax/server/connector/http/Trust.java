package io.orquestrax.server.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates calls trust: those of the JVM's authorities, and of those that the operator added. */
public final class Trust {
    private final TrustManager[] managers;

    private Trust(TrustManager[] managers) {
        this.managers = managers;
    }

    /** The JVM's authorities alone. */
    public static Trust ofPlatform() {
        try {
            return new Trust(platform().getTrustManagers());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param authorities certificates in PEM
     * @throws IOException where the file is none of those
     */
    public static Trust with(Path authorities) throws IOException {
        try (InputStream content = Files.newInputStream(authorities)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            Collection<? extends Certificate> added =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (added.isEmpty()) {
                throw new IOException("it holds no certificate");
            }
            for (Certificate each : added) {
                trusted.setCertificateEntry("added-" + trusted.size(), each);
            }
            for (TrustManager manager : platform().getTrustManagers()) {
                if (manager instanceof X509TrustManager known) {
                    for (X509Certificate each : known.getAcceptedIssuers()) {
                        trusted.setCertificateEntry("known-" + trusted.size(), each);
                    }
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return new Trust(factory.getTrustManagers());
        } catch (GeneralSecurityException malformed) {
            throw new IOException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    public TrustManager[] managers() {
        return managers.clone();
    }

    SSLContext context() {
        return context(ClientKey.none());
    }

    /** Of clients that prove who they are by the key. */
    public SSLContext context(ClientKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key.managers(), managers, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static TrustManagerFactory platform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory;
    }
}

package io.orquestrax.server.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate by which calls prove who they are under TLS, with its key. */
public final class ClientKey {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final KeyManager[] managers;

    private ClientKey(KeyManager[] managers) {
        this.managers = managers;
    }

    public static ClientKey none() {
        return new ClientKey(new KeyManager[0]);
    }

    /**
     * @param certificate with those of the authorities below the root, in PEM
     * @param key in PEM (PKCS #8), not encrypted
     * @throws IOException where a file is none of those, or they do not belong together
     */
    public static ClientKey of(Path certificate, Path key) throws IOException {
        try (InputStream content = Files.newInputStream(certificate)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(content)
                    .toArray(Certificate[]::new);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = new char[0];
            store.setKeyEntry("client", privateKey(Files.readString(key)), password, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return new ClientKey(factory.getKeyManagers());
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IOException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new InvalidKeySpecException("it holds no private key in PKCS #8");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new InvalidKeySpecException("it holds a key of another kind than " + String.join(", ", ALGORITHMS));
    }

    KeyManager[] managers() {
        return managers.clone();
    }
}

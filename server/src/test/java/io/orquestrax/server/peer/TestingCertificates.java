package io.orquestrax.server.peer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority of the test, and the certificate of a node on this machine that it signed. */
public final class TestingCertificates {
    private static final String PASSWORD = "changeit";

    private TestingCertificates() {}

    /**
     * @param directory of its own
     */
    public static PeerTls in(Path directory) {
        Path store = directory.resolve("keys.p12");
        keytool(store, "-alias", "authority", "-dname", "CN=Authority", "-ext", "bc:critical=ca:true");
        keytool(
                store,
                "-alias",
                "node",
                "-dname",
                "CN=Node",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-signer",
                "authority");
        try (InputStream content = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(content, PASSWORD.toCharArray());
            byte[] key = keys.getKey("node", PASSWORD.toCharArray()).getEncoded();
            return new PeerTls(
                    write(directory.resolve("node.pem"), pem(keys.getCertificateChain("node"))),
                    write(directory.resolve("node.key"), pem("PRIVATE KEY", key)),
                    write(directory.resolve("authorities.pem"), pem(keys.getCertificate("authority"))));
        } catch (IOException | GeneralSecurityException failed) {
            throw new AssertionError("Expected to read what keytool made", failed);
        }
    }

    private static void keytool(Path store, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD));
            command.addAll(Arrays.asList(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("Expected keytool to make a key, but: " + output);
            }
        } catch (IOException failed) {
            throw new AssertionError("Expected keytool to run", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Expected keytool to end", interrupted);
        }
    }

    private static String pem(Certificate... chain) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : chain) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString();
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static File write(Path file, String text) throws IOException {
        return Files.writeString(file, text).toFile();
    }
}

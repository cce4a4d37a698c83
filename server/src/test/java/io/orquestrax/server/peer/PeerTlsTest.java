package io.orquestrax.server.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTlsTest {
    @TempDir
    private static Path directory;

    @Test
    void onlyNodesWithACertificateOfTheAuthoritiesAreLinked() throws Exception {
        PeerTls own = certificates("own");
        PeerTls foreign = certificates("foreign");
        // It trusts the others, and is not trusted by them.
        PeerTls stranger = new PeerTls(foreign.certificate(), foreign.key(), own.authorities());
        try (TestingLinks a = node("a", Optional.of(own));
                TestingLinks b = node("b", Optional.of(own));
                TestingLinks bare = node("bare", Optional.empty());
                TestingLinks strange = node("strange", Optional.of(stranger))) {
            for (TestingLinks one : new TestingLinks[] {b, bare, strange}) {
                one.knows(a);
                a.knows(one);
            }

            Waiting.until(
                    "those of one authority are linked",
                    () -> a.links().linked().contains("b") && b.links().linked().contains("a"));

            // A link that is refused is tried again all the while, and so it would be here by now.
            assertThat(a.links().linked()).containsExactly("b");
            assertThat(bare.links().linked()).isEmpty();
            assertThat(strange.links().linked()).isEmpty();
        }
    }

    @Test
    void allThreeFilesAreNeeded() throws Exception {
        PeerTls files = certificates("settings");
        Settings one = Settings.defaults()
                .with(
                        SettingCatalog.CLUSTER_TLS_CERTIFICATE,
                        files.certificate().toString());
        Settings all = one.with(SettingCatalog.CLUSTER_TLS_KEY, files.key().toString())
                .with(
                        SettingCatalog.CLUSTER_TLS_AUTHORITIES,
                        files.authorities().toString());

        assertThat(PeerTls.of(Settings.defaults())).isEmpty();
        assertThat(PeerTls.of(all)).contains(files);
        assertThatThrownBy(() -> PeerTls.of(one))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("Expected a PEM file in cluster.tls.key");
        assertThatThrownBy(() -> PeerTls.of(all.with(
                        SettingCatalog.CLUSTER_TLS_KEY, files.certificate().toString())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("cluster.tls.certificate, cluster.tls.key and cluster.tls.authorities");
    }

    private static PeerTls certificates(String name) throws Exception {
        return TestingCertificates.in(Files.createDirectory(directory.resolve(name)));
    }

    private static TestingLinks node(String id, Optional<PeerTls> tls) {
        return new TestingLinks(TestingLinks.greeting(id, "testing", 1), tls);
    }
}

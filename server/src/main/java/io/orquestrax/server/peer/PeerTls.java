package io.orquestrax.server.peer;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Setting;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * With what nodes prove to each other that they belong together: PEM files.
 *
 * @param authorities that must have signed the certificates of the others
 */
public record PeerTls(File certificate, File key, File authorities) {

    /**
     * Empty for plain connections.
     *
     * @throws InvalidSettingException where only some of the files are set, or one cannot be used
     */
    public static Optional<PeerTls> of(Settings settings) {
        List<Setting<String>> all = List.of(
                SettingCatalog.CLUSTER_TLS_CERTIFICATE,
                SettingCatalog.CLUSTER_TLS_KEY,
                SettingCatalog.CLUSTER_TLS_AUTHORITIES);
        if (all.stream().allMatch(setting -> settings.get(setting).isBlank())) {
            return Optional.empty();
        }
        List<File> files = all.stream().map(setting -> file(settings, setting)).toList();
        PeerTls tls = new PeerTls(files.get(0), files.get(1), files.get(2));
        try {
            tls.prove(ClientFactory.builder());
        } catch (RuntimeException unusable) {
            throw new InvalidSettingException("Expected a certificate, its private key (PKCS #8) and authorities in "
                    + SettingCatalog.CLUSTER_TLS_CERTIFICATE.name() + ", " + SettingCatalog.CLUSTER_TLS_KEY.name()
                    + " and " + SettingCatalog.CLUSTER_TLS_AUTHORITIES.name() + ", but they cannot be used: "
                    + unusable.getMessage());
        }
        return Optional.of(tls);
    }

    private static File file(Settings settings, Setting<String> setting) {
        String path = settings.get(setting);
        File file = new File(path);
        if (path.isBlank() || !file.canRead()) {
            throw new InvalidSettingException("Expected a PEM file in " + setting.name()
                    + ", since nodes speak TLS where one of the cluster.tls settings is set, but "
                    + (path.isBlank() ? "it is empty." : path + " cannot be read."));
        }
        return file;
    }

    void prove(ClientFactoryBuilder client) {
        client.tls(certificate, key);
        client.tlsCustomizer(context -> context.trustManager(authorities));
    }

    void demand(ServerBuilder server) {
        server.tls(certificate, key);
        server.tlsCustomizer(context -> context.trustManager(authorities).clientAuth(ClientAuth.REQUIRE));
    }
}

package io.orquestrax.server.connector;

import io.orquestrax.server.connector.http.HostOverrides;
import io.orquestrax.server.connector.http.HostPattern;
import io.orquestrax.server.connector.http.HostRule;
import io.orquestrax.server.connector.http.HttpLimits;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Setting;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an operator decides of connectors.
 *
 * @param types of jobs that this process does itself
 * @param capacity calls at a time
 * @param secretsDirectory empty for none
 */
public record ConnectorSettings(
        List<String> types,
        int capacity,
        HttpLimits limits,
        HostRule hosts,
        HostOverrides overrides,
        int documentMaxBytes,
        String secretsDirectory) {

    public ConnectorSettings {
        types = List.copyOf(types);
    }

    /**
     * @throws InvalidSettingException that names the setting
     */
    public static ConnectorSettings of(Settings settings) {
        return new ConnectorSettings(
                settings.get(SettingCatalog.CONNECTORS),
                settings.get(SettingCatalog.CONNECTORS_CAPACITY),
                new HttpLimits(
                        settings.get(SettingCatalog.HTTP_TIMEOUT), bytes(settings, SettingCatalog.HTTP_RESPONSE_MAX)),
                new HostRule(
                        patterns(settings, SettingCatalog.HTTP_HOSTS_ALLOWED),
                        patterns(settings, SettingCatalog.HTTP_HOSTS_REFUSED)),
                HostOverrides.parse(settings.get(SettingCatalog.HTTP_HOST_OVERRIDES))
                        .orElseThrow(
                                () -> invalid(settings, SettingCatalog.HTTP_HOST_OVERRIDES, HostOverrides.EXPECTATION)),
                bytes(settings, SettingCatalog.OPENAPI_DOCUMENT_MAX),
                settings.get(SettingCatalog.SECRETS_DIRECTORY));
    }

    Optional<Path> secrets() {
        return secretsDirectory.isBlank() ? Optional.empty() : Optional.of(Path.of(secretsDirectory));
    }

    private static List<HostPattern> patterns(Settings settings, Setting<List<String>> setting) {
        return HostRule.patterns(settings.get(setting))
                .orElseThrow(() -> invalid(settings, setting, HostPattern.EXPECTATION));
    }

    private static int bytes(Settings settings, Setting<Long> setting) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE / 2, settings.get(setting)));
    }

    private static InvalidSettingException invalid(Settings settings, Setting<List<String>> setting, String expected) {
        return new InvalidSettingException("Expected entries of the form " + expected + " for " + setting.name() + " ("
                + settings.source(setting) + "), but got " + settings.get(setting) + ".");
    }
}

package io.orquestrax.server.connector;

import io.orquestrax.server.connector.asyncapi.AsyncApiLimits;
import io.orquestrax.server.connector.container.EngineAddress;
import io.orquestrax.server.connector.grpc.GrpcLimits;
import io.orquestrax.server.connector.http.ClientKey;
import io.orquestrax.server.connector.http.HostOverrides;
import io.orquestrax.server.connector.http.HostPattern;
import io.orquestrax.server.connector.http.HostRule;
import io.orquestrax.server.connector.http.HttpLimits;
import io.orquestrax.server.connector.http.Trust;
import io.orquestrax.server.connector.process.ProcessLimits;
import io.orquestrax.server.connector.rpc.RpcLimits;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Setting;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator decides of connectors.
 *
 * @param types of jobs that this process does itself
 * @param refused whose jobs it faults, whether they are among the types or not
 * @param capacity calls at a time
 * @param filesDirectory that calls may read files of; empty for none
 * @param secretsDirectory empty for none
 */
public record ConnectorSettings(
        List<String> types,
        List<String> refused,
        int capacity,
        HttpLimits limits,
        HostRule hosts,
        HostOverrides overrides,
        Trust trust,
        ClientKey clientKey,
        int documentMaxBytes,
        GrpcLimits grpc,
        String filesDirectory,
        String secretsDirectory,
        ProcessLimits processes,
        EngineAddress containerEngine,
        List<Path> containerVolumes,
        RpcLimits rpc,
        AsyncApiLimits asyncapi,
        Map<String, String> mcpCommands) {

    public ConnectorSettings {
        types = List.copyOf(types);
        refused = List.copyOf(refused);
    }

    /**
     * @throws InvalidSettingException that names the setting
     */
    public static ConnectorSettings of(Settings settings) {
        return new ConnectorSettings(
                settings.get(ConnectorSettingCatalog.CONNECTORS),
                settings.get(ConnectorSettingCatalog.CONNECTORS_REFUSED),
                settings.get(ConnectorSettingCatalog.CONNECTORS_CAPACITY),
                new HttpLimits(
                        settings.get(ConnectorSettingCatalog.HTTP_TIMEOUT),
                        bytes(settings, ConnectorSettingCatalog.HTTP_RESPONSE_MAX)),
                new HostRule(
                        patterns(settings, ConnectorSettingCatalog.HTTP_HOSTS_ALLOWED),
                        patterns(settings, ConnectorSettingCatalog.HTTP_HOSTS_REFUSED)),
                HostOverrides.parse(settings.get(ConnectorSettingCatalog.HTTP_HOST_OVERRIDES))
                        .orElseThrow(() -> invalid(
                                settings, ConnectorSettingCatalog.HTTP_HOST_OVERRIDES, HostOverrides.EXPECTATION)),
                trust(settings),
                clientKey(settings),
                bytes(settings, ConnectorSettingCatalog.OPENAPI_DOCUMENT_MAX),
                new GrpcLimits(
                        settings.get(ConnectorSettingCatalog.GRPC_TIMEOUT),
                        bytes(settings, ConnectorSettingCatalog.GRPC_RESPONSE_MAX),
                        settings.get(ConnectorSettingCatalog.GRPC_MESSAGES_MAX),
                        bytes(settings, ConnectorSettingCatalog.GRPC_DOCUMENT_MAX)),
                filesDirectory(settings),
                settings.get(ConnectorSettingCatalog.SECRETS_DIRECTORY),
                new ProcessLimits(
                        settings.get(ConnectorSettingCatalog.PROCESS_TIMEOUT),
                        settings.get(ConnectorSettingCatalog.PROCESS_MEMORY_MAX),
                        bytes(settings, ConnectorSettingCatalog.PROCESS_OUTPUT_MAX),
                        settings.get(ConnectorSettingCatalog.PROCESS_FILES_MAX),
                        settings.get(ConnectorSettingCatalog.PROCESS_MAX)),
                EngineAddress.parse(settings.get(ConnectorSettingCatalog.CONTAINER_ENGINE))
                        .orElseThrow(() -> new InvalidSettingException("Expected " + EngineAddress.EXPECTATION + " for "
                                + ConnectorSettingCatalog.CONTAINER_ENGINE.name() + " ("
                                + settings.source(ConnectorSettingCatalog.CONTAINER_ENGINE) + "), but got "
                                + settings.get(ConnectorSettingCatalog.CONTAINER_ENGINE) + ".")),
                settings.get(ConnectorSettingCatalog.CONTAINER_VOLUMES).stream()
                        .map(Path::of)
                        .toList(),
                new RpcLimits(settings.get(ConnectorSettingCatalog.RPC_TIMEOUT)),
                new AsyncApiLimits(
                        settings.get(ConnectorSettingCatalog.ASYNCAPI_TIMEOUT),
                        settings.get(ConnectorSettingCatalog.ASYNCAPI_MESSAGES_MAX),
                        bytes(settings, SettingCatalog.PAYLOAD_MAX_BYTES),
                        bytes(settings, ConnectorSettingCatalog.OPENAPI_DOCUMENT_MAX)),
                commands(settings));
    }

    private static Trust trust(Settings settings) {
        String authorities = settings.get(ConnectorSettingCatalog.CONNECTORS_TLS_AUTHORITIES);
        try {
            return authorities.isBlank() ? Trust.ofPlatform() : Trust.with(Path.of(authorities));
        } catch (IOException unusable) {
            throw new InvalidSettingException("Expected a file with certificates in PEM for "
                    + ConnectorSettingCatalog.CONNECTORS_TLS_AUTHORITIES.name() + " ("
                    + settings.source(ConnectorSettingCatalog.CONNECTORS_TLS_AUTHORITIES) + "), but \"" + authorities
                    + "\" is none: " + unusable.getMessage());
        }
    }

    private static ClientKey clientKey(Settings settings) {
        String certificate = settings.get(ConnectorSettingCatalog.CONNECTORS_TLS_CERTIFICATE);
        String key = settings.get(ConnectorSettingCatalog.CONNECTORS_TLS_KEY);
        if (certificate.isBlank() && key.isBlank()) {
            return ClientKey.none();
        }
        try {
            return ClientKey.of(Path.of(certificate), Path.of(key));
        } catch (IOException unusable) {
            throw new InvalidSettingException("Expected a certificate in "
                    + ConnectorSettingCatalog.CONNECTORS_TLS_CERTIFICATE.name() + " and its private key (PKCS #8) in "
                    + ConnectorSettingCatalog.CONNECTORS_TLS_KEY.name() + ", both in PEM, but \"" + certificate
                    + "\" and \""
                    + key + "\" cannot be used: " + unusable.getMessage());
        }
    }

    private static String filesDirectory(Settings settings) {
        String directory = settings.get(ConnectorSettingCatalog.CONNECTORS_FILES_DIRECTORY);
        if (!directory.isBlank() && !Files.isDirectory(Path.of(directory))) {
            throw new InvalidSettingException("Expected a directory for "
                    + ConnectorSettingCatalog.CONNECTORS_FILES_DIRECTORY.name() + " ("
                    + settings.source(ConnectorSettingCatalog.CONNECTORS_FILES_DIRECTORY) + "), but \"" + directory
                    + "\" is none.");
        }
        return directory;
    }

    /** By the author's word; what follows an equals sign is the program. */
    private static Map<String, String> commands(Settings settings) {
        Map<String, String> commands = new LinkedHashMap<>();
        for (String entry : settings.get(ConnectorSettingCatalog.MCP_COMMANDS)) {
            int equals = entry.indexOf('=');
            String program = entry.substring(equals + 1);
            boolean isFound = equals < 0 && !program.contains("/");
            if (!isFound && !(program.startsWith("/") && Files.isExecutable(Path.of(program)))) {
                throw invalid(
                        settings,
                        ConnectorSettingCatalog.MCP_COMMANDS,
                        "command or command=/path/of/a/program that can be run");
            }
            commands.put(equals < 0 ? entry : entry.substring(0, equals), program);
        }
        return commands;
    }

    Optional<Path> secrets() {
        return path(secretsDirectory);
    }

    Optional<Path> files() {
        return path(filesDirectory);
    }

    private static Optional<Path> path(String directory) {
        return directory.isBlank() ? Optional.empty() : Optional.of(Path.of(directory));
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

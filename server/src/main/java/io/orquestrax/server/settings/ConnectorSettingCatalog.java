package io.orquestrax.server.settings;

import java.time.Duration;
import java.util.List;

/** The settings of what reaches outside, in the order in which listings show them. */
public final class ConnectorSettingCatalog {
    public static final Setting<List<String>> CONNECTORS = Setting.of(
            "connectors",
            SettingKind.TEXTS,
            "http, openapi, grpc, mcp, a2a, asyncapi",
            "Types of jobs that the node does itself; empty leaves them to processes started by: orquestrax worker"
                    + " --connectors. The node runs shell commands, scripts and containers only where shell, script and"
                    + " container stand here.");
    public static final Setting<List<String>> CONNECTORS_REFUSED = Setting.of(
            "connectors.refused",
            SettingKind.TEXTS,
            "",
            "Types of connectors that nothing may use: the node faults their jobs, and a deployment is told so.");
    public static final Setting<Integer> CONNECTORS_CAPACITY = Setting.of(
            "connectors.capacity",
            SettingKind.integer(1, 100_000),
            "200",
            "Jobs that the node's own connectors do at a time.");
    public static final Setting<Duration> HTTP_TIMEOUT = Setting.of(
            "connectors.http.timeout",
            SettingKind.DURATION,
            "30s",
            "Longest time of one HTTP call, redirects and the answer's body included.");
    public static final Setting<Long> HTTP_RESPONSE_MAX = Setting.of(
            "connectors.http.response-max-bytes",
            SettingKind.BYTES,
            "2MiB",
            "Largest body of an answer to an HTTP call, unpacked.");
    public static final Setting<List<String>> HTTP_HOSTS_ALLOWED = Setting.of(
            "connectors.http.hosts.allowed",
            SettingKind.TEXTS,
            "",
            "Hosts that may be called although their addresses are private or of this machine: host, host:port, *.domain"
                    + " or a range such as 10.1.0.0/16.");
    public static final Setting<List<String>> HTTP_HOSTS_REFUSED = Setting.of(
            "connectors.http.hosts.refused",
            SettingKind.TEXTS,
            "",
            "Hosts that must not be called, in the same forms; * refuses all that are not allowed.");
    public static final Setting<List<String>> HTTP_HOST_OVERRIDES = Setting.of(
            "connectors.http.host-overrides",
            SettingKind.TEXTS,
            "",
            "Where connections for a host go instead: host=http://127.0.0.1:8081.");
    public static final Setting<String> CONNECTORS_TLS_AUTHORITIES = Setting.of(
            "connectors.tls.authorities",
            SettingKind.TEXT,
            "",
            "File with certificates in PEM of authorities that calls trust beside those of the Java platform.");
    public static final Setting<String> CONNECTORS_TLS_CERTIFICATE = Setting.of(
            "connectors.tls.certificate",
            SettingKind.TEXT,
            "",
            "File with the certificate in PEM that proves to brokers under TLS who calls; none if empty.");
    public static final Setting<String> CONNECTORS_TLS_KEY = Setting.of(
            "connectors.tls.key",
            SettingKind.TEXT,
            "",
            "File with the private key (PKCS #8) in PEM of the certificate in connectors.tls.certificate.");
    public static final Setting<Long> OPENAPI_DOCUMENT_MAX = Setting.of(
            "connectors.openapi.document-max-bytes",
            SettingKind.BYTES,
            "8MiB",
            "Largest OpenAPI or AsyncAPI document that is read.");
    public static final Setting<Duration> GRPC_TIMEOUT = Setting.of(
            "connectors.grpc.timeout",
            SettingKind.DURATION,
            "30s",
            "Longest time of one gRPC call, which the server is told as its deadline.");
    public static final Setting<Long> GRPC_RESPONSE_MAX = Setting.of(
            "connectors.grpc.response-max-bytes",
            SettingKind.BYTES,
            "2MiB",
            "Largest answer to a gRPC call, all messages of a stream together.");
    public static final Setting<Integer> GRPC_MESSAGES_MAX = Setting.of(
            "connectors.grpc.messages-max",
            SettingKind.integer(1, 1_000_000),
            "10000",
            "Messages of a gRPC stream that are collected at most.");
    public static final Setting<Long> GRPC_DOCUMENT_MAX = Setting.of(
            "connectors.grpc.document-max-bytes",
            SettingKind.BYTES,
            "2MiB",
            "Largest proto document that is read, with all that it imports.");
    public static final Setting<String> CONNECTORS_FILES_DIRECTORY = Setting.of(
            "connectors.files.directory",
            SettingKind.TEXT,
            "",
            "Directory of the files that calls refer to with file: URIs, such as proto documents; none if empty.");
    public static final Setting<Duration> PROCESS_TIMEOUT = Setting.of(
            "connectors.process.timeout",
            SettingKind.DURATION,
            "5m",
            "Longest time of one run of a shell command, script or container.");
    public static final Setting<Long> PROCESS_MEMORY_MAX = Setting.of(
            "connectors.process.memory-max-bytes",
            SettingKind.BYTES,
            "512MiB",
            "Largest memory of a run of a shell command, script or container, of all its processes together.");
    public static final Setting<Long> PROCESS_OUTPUT_MAX = Setting.of(
            "connectors.process.output-max-bytes",
            SettingKind.BYTES,
            "1MiB",
            "Most bytes that a run writes to standard output, and to standard error.");
    public static final Setting<Long> PROCESS_FILES_MAX = Setting.of(
            "connectors.process.files-max-bytes",
            SettingKind.BYTES,
            "64MiB",
            "Most bytes in one file that a run writes, and in all of its directory.");
    public static final Setting<Integer> PROCESS_MAX = Setting.of(
            "connectors.process.max-processes",
            SettingKind.integer(8, 100_000),
            "128",
            "Processes that a run may have at a time; where the kernel counts them, their threads count too.");
    public static final Setting<Duration> ASYNCAPI_TIMEOUT = Setting.of(
            "connectors.asyncapi.timeout",
            SettingKind.DURATION,
            "30s",
            "Longest time to connect to a broker, and to publish a message.");
    public static final Setting<Integer> ASYNCAPI_MESSAGES_MAX = Setting.of(
            "connectors.asyncapi.messages-max",
            SettingKind.integer(1, 1_000_000),
            "10000",
            "Messages that one subscription consumes at most.");
    public static final Setting<Duration> RPC_TIMEOUT = Setting.of(
            "connectors.rpc.timeout",
            SettingKind.DURATION,
            "2m",
            "Longest time of a message to an MCP server or A2A agent with its answer.");
    public static final Setting<List<String>> MCP_COMMANDS = Setting.of(
            "connectors.mcp.commands",
            SettingKind.TEXTS,
            "",
            "Commands that may be started as MCP servers, such as npx or npx=/opt/node/bin/npx; none if empty.");
    public static final Setting<String> CONTAINER_ENGINE = Setting.of(
            "connectors.container.engine",
            SettingKind.TEXT,
            "unix:///var/run/docker.sock",
            "Where the container engine listens that runs containers: unix:///path or tcp://host:port.");
    public static final Setting<List<String>> CONTAINER_VOLUMES = Setting.of(
            "connectors.container.volumes",
            SettingKind.TEXTS,
            "",
            "Directories of the engine's machine that containers may be given as volumes, with all below them.");
    public static final Setting<String> SECRETS_DIRECTORY = Setting.of(
            "secrets.directory",
            SettingKind.TEXT,
            "",
            "Directory with a file for each secret, named as the secret; secrets are also read from the environment, as"
                    + " ORQUESTRAX_SECRET_<NAME>.");

    static final List<Setting<?>> ALL = List.of(
            CONNECTORS,
            CONNECTORS_REFUSED,
            CONNECTORS_CAPACITY,
            HTTP_TIMEOUT,
            HTTP_RESPONSE_MAX,
            HTTP_HOSTS_ALLOWED,
            HTTP_HOSTS_REFUSED,
            HTTP_HOST_OVERRIDES,
            CONNECTORS_TLS_AUTHORITIES,
            CONNECTORS_TLS_CERTIFICATE,
            CONNECTORS_TLS_KEY,
            OPENAPI_DOCUMENT_MAX,
            GRPC_TIMEOUT,
            GRPC_RESPONSE_MAX,
            GRPC_MESSAGES_MAX,
            GRPC_DOCUMENT_MAX,
            CONNECTORS_FILES_DIRECTORY,
            PROCESS_TIMEOUT,
            PROCESS_MEMORY_MAX,
            PROCESS_OUTPUT_MAX,
            PROCESS_FILES_MAX,
            PROCESS_MAX,
            ASYNCAPI_TIMEOUT,
            ASYNCAPI_MESSAGES_MAX,
            RPC_TIMEOUT,
            MCP_COMMANDS,
            CONTAINER_ENGINE,
            CONTAINER_VOLUMES,
            SECRETS_DIRECTORY);

    private ConnectorSettingCatalog() {}
}

package io.orquestrax.server.settings;

import io.orquestrax.server.event.EventSinks;
import io.orquestrax.server.event.LifecycleScope;
import io.orquestrax.server.retention.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of a node, in the order in which listings show them. */
public final class SettingCatalog {
    public static final Setting<Integer> PORT = Setting.of(
            "port",
            SettingKind.integer(0, 65535),
            "8080",
            "Port for gRPC, REST and the dashboard; 0 takes a free one.");
    public static final Setting<String> BIND_ADDRESS = Setting.of(
            "bind-address",
            SettingKind.TEXT,
            "127.0.0.1",
            "Address to listen on; 0.0.0.0 listens on all of the machine's.");
    public static final Setting<String> ADVERTISED_ADDRESS = Setting.of(
            "advertised-address",
            SettingKind.TEXT,
            "",
            "Host or host:port at which clients and workers reach the node; empty for the bind address, or for the"
                    + " machine's name where that is all addresses.");
    public static final Setting<String> CLUSTER_NAME = Setting.of(
            "cluster.name",
            SettingKind.TEXT,
            "orquestrax",
            "Name of the cluster; fixed when the database is first used, and the same on all its nodes.");
    public static final Setting<String> CLUSTER_BIND_ADDRESS = Setting.of(
            "cluster.bind-address",
            SettingKind.TEXT,
            "",
            "Address to listen on for other nodes; empty for the bind address.");
    public static final Setting<Integer> CLUSTER_PORT = Setting.of(
            "cluster.port",
            SettingKind.integer(0, 65535),
            "0",
            "Port for other nodes, closed to clients; 0 takes a free one.");
    public static final Setting<String> CLUSTER_ADVERTISED_ADDRESS = Setting.of(
            "cluster.advertised-address",
            SettingKind.TEXT,
            "",
            "Host or host:port at which other nodes reach this one; empty for the address that it listens on for them,"
                    + " or for the machine's name where that is all addresses.");
    public static final Setting<Duration> CLUSTER_HEARTBEAT = Setting.of(
            "cluster.heartbeat", SettingKind.DURATION, "1s", "How often a node says in the database that it is there.");
    public static final Setting<Duration> CLUSTER_STALE_AFTER = Setting.of(
            "cluster.stale-after",
            SettingKind.DURATION,
            "3s",
            "Silence after which a node is taken for dead although its connection to the database stands.");
    public static final Setting<Duration> CLUSTER_REHEARSAL = Setting.of(
            "cluster.rehearsal",
            SettingKind.DURATION,
            "3s",
            "How long at most a node that joins others runs a workflow of its own, of which nothing is kept, before it"
                    + " takes partitions from them: these stand still for less then. 0s for not at all.");
    public static final Setting<Duration> CLUSTER_CALL_PATIENCE = Setting.of(
            "cluster.call-patience",
            SettingKind.DURATION,
            "8s",
            "How long a call waits for a partition that changes hands, or for the node that owns it.");
    public static final Setting<Integer> CLUSTER_CALLS = Setting.of(
            "cluster.calls",
            SettingKind.integer(1, 1_000_000),
            "10000",
            "Calls that may be under way to one other node, or wait for partitions that change hands, before further"
                    + " ones are refused as overloaded.");
    public static final Setting<String> CLUSTER_TLS_CERTIFICATE = Setting.of(
            "cluster.tls.certificate",
            SettingKind.TEXT,
            "",
            "PEM file of the node's certificate, with which nodes speak TLS and prove who they are; empty for plain"
                    + " connections.");
    public static final Setting<String> CLUSTER_TLS_KEY = Setting.of(
            "cluster.tls.key", SettingKind.TEXT, "", "PEM file of the private key of the node's certificate.");
    public static final Setting<String> CLUSTER_TLS_AUTHORITIES = Setting.of(
            "cluster.tls.authorities",
            SettingKind.TEXT,
            "",
            "PEM file of the authorities that must have signed the certificates of the other nodes.");
    public static final Setting<String> POSTGRES_URL = Setting.of(
            "postgres.url",
            SettingKind.TEXT,
            "",
            "JDBC URL of the PostgreSQL database; empty for a server of the node's own in the data directory.");
    public static final Setting<String> POSTGRES_USER =
            Setting.of("postgres.user", SettingKind.TEXT, "", "User at the database.");
    public static final Setting<String> POSTGRES_PASSWORD =
            Setting.secret("postgres.password", "Password of the user at the database.");
    public static final Setting<Integer> POSTGRES_POOL_SIZE = Setting.of(
            "postgres.pool-size",
            SettingKind.integer(2, 1000),
            "8",
            "Connections for reading, beside those of the journal.");
    public static final Setting<Path> DATA_DIRECTORY = Setting.of(
            "data-directory",
            SettingKind.PATH,
            ".orquestrax",
            "Directory of the node's own PostgreSQL server, where no database is set.");
    public static final Setting<Integer> PARTITIONS = Setting.of(
            "partitions",
            SettingKind.integer(1, 4096),
            "16",
            "Number of partitions; fixed when the database is first used.");
    public static final Setting<Integer> PARTITION_QUEUE = Setting.of(
            "partition.queue",
            SettingKind.integer(1, 1_000_000),
            "10000",
            "Commands that may wait in one partition before further ones are refused as overloaded.");
    public static final Setting<Duration> START_PATIENCE = Setting.of(
            "partition.start-patience",
            SettingKind.DURATION,
            "2s",
            "How long the start of an instance may wait, behind what runs already, before further starts are refused as"
                    + " overloaded.");
    public static final Setting<Integer> PLAN_CACHE = Setting.of(
            "plan-cache.size", SettingKind.integer(1, 100_000), "500", "Compiled definitions kept in memory.");
    public static final Setting<Integer> RECOVERY_PARALLELISM = Setting.of(
            "recovery.parallelism",
            SettingKind.integer(1, 1000),
            "6",
            "Instances that are read from the database at the same time after a start.");
    public static final Setting<Integer> SNAPSHOT_INTERVAL = Setting.of(
            "snapshots.interval",
            SettingKind.integer(1, 1_000_000),
            "1000",
            "Events of an instance after which its state is kept beside its history, so that only what came later must"
                    + " be read when it is loaded.");
    public static final Setting<Integer> JOURNAL_LANES = Setting.of(
            "journal.lanes",
            SettingKind.integer(1, 64),
            "2",
            "Batches that the journal writes at the same time, each over its own connection.");
    public static final Setting<Integer> JOURNAL_BATCH_ROWS = Setting.of(
            "journal.batch-rows", SettingKind.integer(1, 100_000), "2000", "Most rows in one batch of the journal.");
    public static final Setting<Long> JOURNAL_BATCH_BYTES = Setting.of(
            "journal.batch-bytes", SettingKind.BYTES, "8MiB", "Bytes at which a batch of the journal is full.");
    public static final Setting<Integer> JOURNAL_QUEUE = Setting.of(
            "journal.queue",
            SettingKind.integer(1, 1_000_000),
            "10000",
            "Decisions that may wait for one lane of the journal before the partitions pause.");
    public static final Setting<Long> PAYLOAD_MAX_BYTES = Setting.of(
            "payload.max-bytes",
            SettingKind.BYTES,
            "2MiB",
            "Largest input of an instance, and largest output of a job, as JSON text.");
    public static final Setting<Long> BODY_MAX_BYTES =
            Setting.of("body.max-bytes", SettingKind.BYTES, "4MiB", "Largest body of a request.");
    public static final Setting<Duration> DRAIN_LIMIT = Setting.of(
            "drain.limit",
            SettingKind.DURATION,
            "20s",
            "How long a node that stops may take to finish what it has accepted.");
    public static final Setting<Duration> DRAIN_LINGER = Setting.of(
            "drain.linger",
            SettingKind.DURATION,
            "5s",
            "How long a node that stops, where others serve, waits for the last request on a connection of HTTP/1.1:"
                    + " only the answer to it can say that the connection ends.");
    public static final Setting<Duration> WORKER_GRACE = Setting.of(
            "worker.grace",
            SettingKind.DURATION,
            "3s",
            "How long a worker may be disconnected before its jobs go to others.");
    public static final Setting<Duration> WORKER_UNCLAIMED_GRACE = Setting.of(
            "worker.unclaimed-grace",
            SettingKind.DURATION,
            "3s",
            "How long jobs wait after a restart for the workers that still run them.");
    public static final Setting<Duration> LEASE_MAX = Setting.of(
            "lease.max",
            SettingKind.DURATION,
            "1h",
            "Longest lease of a job that a worker without a stream may ask for.");
    public static final Setting<Duration> EVENTS_KEPT = Setting.of(
            "events.kept",
            SettingKind.DURATION,
            "1h",
            "How long an event is kept for instances that listen later, and a repetition of it is known as one.");
    public static final Setting<RetentionPolicy> RETENTION = Setting.of(
            "retention",
            new SettingKind<>(
                    "retention",
                    "times with commas between, such as 30d, orders=90d or orders/payment=forever",
                    RetentionPolicy::parse),
            "",
            "How long closed instances are kept: all, those of a namespace, and those of a definition; empty for ever."
                    + " The same on all nodes.");
    public static final Setting<EventSinks> EVENTS_SINKS = Setting.of(
            "events.sinks",
            new SettingKind<>(
                    "sinks",
                    "sinks with commas between, such as audit=https://host/path or bills=http://host/in paid order.*",
                    EventSinks::parse),
            "",
            "Where the events that instances emit are sent by HTTP, each with the types that it takes; all if none.");
    public static final Setting<String> EVENTS_SINKS_SECRET = Setting.of(
            "events.sinks.secret",
            SettingKind.TEXT,
            "",
            "Name of the secret with which what goes to sinks is signed, as in Standard Webhooks; unsigned if empty.");
    public static final Setting<LifecycleScope> EVENTS_LIFECYCLE = Setting.of(
            "events.lifecycle",
            SettingKind.choice(LifecycleScope.class),
            "off",
            "Of what the lifecycle is told to the sinks too: of workflows, or of all, which is tasks as well.");
    public static final Setting<LogFormat> LOG_FORMAT = Setting.of(
            "log.format", SettingKind.choice(LogFormat.class), "plain", "How log lines look: for people or as JSON.");
    public static final Setting<LogLevel> LOG_LEVEL =
            Setting.of("log.level", SettingKind.choice(LogLevel.class), "info", "Lowest severity that is logged.");

    private static final List<Setting<?>> ALL = Stream.of(
                    List.of(
                            PORT,
                            BIND_ADDRESS,
                            ADVERTISED_ADDRESS,
                            CLUSTER_NAME,
                            CLUSTER_BIND_ADDRESS,
                            CLUSTER_PORT,
                            CLUSTER_ADVERTISED_ADDRESS,
                            CLUSTER_HEARTBEAT,
                            CLUSTER_STALE_AFTER,
                            CLUSTER_REHEARSAL,
                            CLUSTER_CALL_PATIENCE,
                            CLUSTER_CALLS,
                            CLUSTER_TLS_CERTIFICATE,
                            CLUSTER_TLS_KEY,
                            CLUSTER_TLS_AUTHORITIES,
                            POSTGRES_URL,
                            POSTGRES_USER,
                            POSTGRES_PASSWORD,
                            POSTGRES_POOL_SIZE,
                            DATA_DIRECTORY,
                            PARTITIONS,
                            PARTITION_QUEUE,
                            START_PATIENCE,
                            PLAN_CACHE,
                            RECOVERY_PARALLELISM,
                            SNAPSHOT_INTERVAL,
                            JOURNAL_LANES,
                            JOURNAL_BATCH_ROWS,
                            JOURNAL_BATCH_BYTES,
                            JOURNAL_QUEUE,
                            PAYLOAD_MAX_BYTES,
                            BODY_MAX_BYTES,
                            DRAIN_LIMIT,
                            DRAIN_LINGER,
                            WORKER_GRACE,
                            WORKER_UNCLAIMED_GRACE,
                            LEASE_MAX,
                            EVENTS_KEPT,
                            RETENTION,
                            EVENTS_SINKS,
                            EVENTS_SINKS_SECRET,
                            EVENTS_LIFECYCLE),
                    ConnectorSettingCatalog.ALL,
                    List.<Setting<?>>of(LOG_FORMAT, LOG_LEVEL))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private SettingCatalog() {}

    public static List<Setting<?>> all() {
        return ALL;
    }

    public static Optional<Setting<?>> find(String name) {
        for (Setting<?> setting : ALL) {
            if (setting.name().equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}

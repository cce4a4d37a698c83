package io.orquestrax.server.node;

import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.orquestrax.server.api.ApiDoor;
import io.orquestrax.server.api.worker.WorkerDoor;
import io.orquestrax.server.partition.MemoryPolicy;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Database;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One orchestrator process: wires everything together, serves, and drains. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** Answers that become ready one after the other leave by one system call, at most so many. */
    private static final int ANSWERS_PER_FLUSH = 256;

    /** Of one connection at a time: more of them wait at the caller, for a node that keeps them all serves none. */
    private static final int MOST_CALLS = 20_000;

    /**
     * Of the calls of one connection that may be given up in a second: each deadline that passes is one, of thousands
     * under way, and all others on the connection would be lost with it. An attack has a hundred times as many.
     */
    private static final int MOST_RESETS_A_SECOND = 5_000;

    private final Database database;
    private final NodeCore core;
    private final Server server;
    private final Farewell farewell;
    private final WorkerDoor workers;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Node(Database database, NodeCore core, Server server, Farewell farewell, WorkerDoor workers) {
        this.database = database;
        this.core = core;
        this.server = server;
        this.farewell = farewell;
        this.workers = workers;
    }

    /**
     * Starts and returns when ready.
     *
     * @param doors beside the API's own
     * @throws InvalidSettingException if no database is set, for a server of its own is not started here
     * @throws io.orquestrax.store.StoreException if the database cannot be used
     * @throws IllegalStateException if the port is taken
     */
    public static Node start(Settings settings, List<HttpDoor> doors) {
        return start(settings, doors, MemoryPolicy.KEEP_BUSY);
    }

    /** As {@link #start(Settings, List)}; for tests that want to see instances read from their histories. */
    public static Node start(Settings settings, List<HttpDoor> doors, MemoryPolicy memory) {
        Preparation.begin();
        String url = settings.postgresUrl()
                .orElseThrow(() -> new InvalidSettingException(
                        "Expected " + SettingCatalog.POSTGRES_URL.name() + " to name a database, but it is empty."));
        Database database =
                Database.open(url, settings.postgresUser(), settings.postgresPassword(), settings.postgresPoolSize());
        try {
            Preparation.await();
            return start(settings, doors, database, memory);
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    private static Node start(Settings settings, List<HttpDoor> doors, Database database, MemoryPolicy memory) {
        NodeCore core = new NodeCore(settings, database, Clock.systemUTC(), memory);
        try {
            WorkerDoor workers =
                    new WorkerDoor(core.identity().id(), core.identity().version(), core.roster());
            Farewell farewell = new Farewell(settings.get(SettingCatalog.DRAIN_LINGER));
            Server server = server(settings, doors, core, farewell, workers);
            core.join();
            // Before the partitions are claimed: workers claim their jobs while these recover.
            server.start().join();
            var _ = core.rehearse();
            core.reachableAt(AdvertisedAddress.of(
                    settings.get(SettingCatalog.ADVERTISED_ADDRESS), settings.bindAddress(), server.activeLocalPort()));
            core.served().join();
            Node node = new Node(database, core, server, farewell, workers);
            LOG.info("Ready on port {}", node.port());
            return node;
        } catch (CompletionException failed) {
            core.stop(Duration.ZERO);
            throw new IllegalStateException(
                    "Expected to listen on " + settings.bindAddress() + ":" + settings.port() + ", but could not",
                    failed.getCause() == null ? failed : failed.getCause());
        } catch (RuntimeException failed) {
            core.stop(Duration.ZERO);
            throw failed;
        }
    }

    private static Server server(
            Settings settings, List<HttpDoor> doors, NodeCore core, Farewell farewell, WorkerDoor workers) {
        NodeServices services = core.services();
        ServerBuilder builder = Server.builder()
                .http(new InetSocketAddress(settings.bindAddress(), settings.port()))
                .blockingTaskExecutor(BlockingTaskExecutor.of(core.blocking()), false)
                .meterRegistry(services.meters())
                .maxRequestLength(settings.bodyMaxBytes())
                .http2MaxStreamsPerConnection(MOST_CALLS)
                .http2MaxResetFramesPerWindow(MOST_RESETS_A_SECOND, 1)
                .childChannelPipelineCustomizer(
                        pipeline -> pipeline.addFirst(new FlushConsolidationHandler(ANSWERS_PER_FLUSH, true)))
                // Whoever is served is waited for before the server is stopped.
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO);
        farewell.attend(builder);
        new ApiDoor().open(builder, services);
        workers.open(builder, services);
        doors.forEach(door -> door.open(builder, services));
        return builder.build();
    }

    /** The port it listens on, also where the setting said 0. */
    public int port() {
        return server.activeLocalPort();
    }

    public NodeServices services() {
        return core.services();
    }

    /** Gives its partitions to other nodes, stops taking requests, finishes what it has accepted, closes. */
    public void stop(Duration limit) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        core.notReady();
        farewell.begin();
        workers.leave();
        core.leave(limit.dividedBy(2));
        services().orchestration().endWaits();
        services().dispatcher().endWaits();
        try {
            farewell.say(
                    core.roster().current().isAlone(),
                    Duration.ofNanos(deadlineNanos - System.nanoTime()).dividedBy(2));
            farewell.end(Duration.ofNanos(deadlineNanos - System.nanoTime()));
            // Nobody is connected any more, and it has nothing left to do but to wait two seconds for new events.
            var _ = server.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        core.stop(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
        database.close();
        LOG.info("Stopped");
    }

    /** As {@link #stop}, with the limit of the settings. */
    @Override
    public void close() {
        stop(services().settings().drainLimit());
    }
}

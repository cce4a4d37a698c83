package io.orquestrax.server.api.worker;

import com.linecorp.armeria.common.CommonPools;
import com.linecorp.armeria.server.Server;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.cluster.TestingRoster;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.DispatcherSettings;
import io.orquestrax.server.live.WorkFeed;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The workers' doors on a port of their own, before a real dispatcher. */
abstract class WorkerDoorFixture {
    static final String INPUT = "{\"amount\":1.10,\"id\":9007199254740993}";

    final TestingPartition partition = new TestingPartition();
    final Dispatcher dispatcher = new Dispatcher(
            partition,
            Clock.systemUTC(),
            new DispatcherSettings(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(5)),
            new WorkFeed());
    final TestingRoster roster = new TestingRoster("node-1", 1);
    private final WorkerDoor door = new WorkerDoor("node-1", "1.2.3", roster);
    private final Server server = server();

    private Server server() {
        var builder = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workerGroup(CommonPools.workerGroup(), false);
        door.open(builder, dispatcher);
        return builder.build();
    }

    @BeforeEach
    final void start() {
        server.start().join();
    }

    @AfterEach
    final void stop() {
        dispatcher.close();
        // Its threads take their time, for which no test needs to wait.
        var _ = server.stop();
    }

    final void leave() {
        door.leave();
    }

    final int port() {
        return server.activeLocalPort();
    }

    static JobOffer offer(int number) {
        return new JobOffer(
                new UUID(0x0198_0000_0000_7000L, number),
                3,
                1,
                "charge",
                "/do/0/charge",
                new DefinitionId("shop", "order", "1.0.0"),
                "order-7",
                Json.readTrusted(INPUT),
                JobLimits.NONE,
                Instant.parse("2026-01-01T00:00:00Z"),
                Json.readTrusted("[0.50]"));
    }

    static JobId id(int number) {
        return new JobId(offer(number).instance(), 3, 1);
    }
}

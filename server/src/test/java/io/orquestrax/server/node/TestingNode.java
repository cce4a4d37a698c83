package io.orquestrax.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.cluster.TestingMembership;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.ClusterView;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.server.partition.MemoryPolicy;
import io.orquestrax.server.partition.Partitions;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.Database;
import io.orquestrax.store.TestingDatabase;
import io.orquestrax.store.instance.InstanceRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A node without doors on a database of the test, which several of them may use one after the other. */
final class TestingNode implements AutoCloseable {
    static final Caller CALLER = new Caller("tester");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final Database database;
    private final NodeCore core;

    private TestingNode(Database database, NodeCore core) {
        this.database = database;
        this.core = core;
    }

    static TestingNode on(TestingDatabase testing) {
        return on(testing, Settings.load(null, Map.of(), Map.of("partitions", "4")));
    }

    /** One that keeps nothing in memory, and reads nearly every instance from a snapshot. */
    static TestingNode forgetful(TestingDatabase testing) {
        Map<String, String> flags = Map.of("partitions", "4", "snapshots.interval", "2");
        return on(testing, Settings.load(null, Map.of(), flags), MemoryPolicy.FORGET_ALL);
    }

    static TestingNode on(TestingDatabase testing, Settings settings) {
        return on(testing, settings, MemoryPolicy.KEEP_BUSY);
    }

    private static TestingNode on(TestingDatabase testing, Settings settings, MemoryPolicy memory) {
        TestingNode node = joining(testing, settings, memory);
        node.serve();
        return node;
    }

    /** One that is there and takes no partitions yet. */
    static TestingNode joining(TestingDatabase testing, Settings settings) {
        return joining(testing, settings, MemoryPolicy.KEEP_BUSY);
    }

    private static TestingNode joining(TestingDatabase testing, Settings settings, MemoryPolicy memory) {
        Database database = Database.open(testing.url(), testing.user(), testing.password(), 4);
        NodeCore core = new NodeCore(settings, database, Clock.systemUTC(), memory);
        core.join();
        return new TestingNode(database, core);
    }

    /** As a node does before it serves; returns how many instances of the rehearsal came to their end. */
    int rehearse() {
        return core.rehearse();
    }

    void serve() {
        core.reachableAt("");
        core.served().orTimeout(20, TimeUnit.SECONDS).join();
    }

    Orchestration orchestration() {
        return core.services().orchestration();
    }

    Dispatcher dispatcher() {
        return core.services().dispatcher();
    }

    NodeServices services() {
        return core.services();
    }

    Partitions partitions() {
        return core.partitions();
    }

    void deploy(String name, String tasks) {
        String source = """
                document:
                  dsl: '1.0.0'
                  namespace: test
                  name: %s
                  version: '1.0.0'
                do:
                %s""".formatted(name, tasks.indent(2));
        orchestration().deploy(CALLER, source.getBytes(StandardCharsets.UTF_8));
    }

    InstanceRow start(String name) {
        return orchestration().start(CALLER, request(name, null, "{}")).join().instance();
    }

    static StartRequest request(String name, @Nullable String key, String input) {
        return new StartRequest("test", name, null, key, Json.readTrusted(input), Map.of());
    }

    InstanceRow awaitClosed(UUID id) {
        return orchestration().await(CALLER, id, PATIENCE).join();
    }

    InstanceRow instance(UUID id) {
        return orchestration().instance(CALLER, id);
    }

    double meter(String name) {
        return core.services().meters().get(name).gauge().value();
    }

    double count(String name) {
        return core.services().meters().get(name).counter().count();
    }

    double count(String name, String tag, String value) {
        Counter counter = core.services().meters().find(name).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }

    static void until(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("Expected that " + what + " within " + PATIENCE);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    static void assertCode(CompletableFuture<?> future, ErrorCode code) {
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    /** As a process that does not run for a while: it hears and says nothing of the cluster. */
    void freeze(boolean frozen) {
        TestingMembership.freeze(core.membership(), frozen);
    }

    /** As the end of the process: its lock is gone, and nothing was said. What its memory does is of no effect. */
    void kill() {
        TestingMembership.die(core.membership());
    }

    String id() {
        return core.identity().id();
    }

    ClusterView cluster() {
        return orchestration().cluster(CALLER);
    }

    @Override
    public void close() {
        core.leave(Duration.ofSeconds(10));
        core.stop(Duration.ofSeconds(10));
        database.close();
    }
}

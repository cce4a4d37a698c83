package io.orquestrax.bench.torture;

import io.orquestrax.bench.torture.check.Checker;
import io.orquestrax.bench.torture.check.Evidence;
import io.orquestrax.bench.torture.check.Findings;
import io.orquestrax.bench.torture.check.Quiet;
import io.orquestrax.bench.torture.check.Violation;
import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.ground.Injector;
import io.orquestrax.bench.torture.ground.TortureCluster;
import io.orquestrax.bench.torture.load.ClientRecord;
import io.orquestrax.bench.torture.load.ExecutionLog;
import io.orquestrax.bench.torture.load.Load;
import io.orquestrax.bench.torture.load.PartitionProbe;
import io.orquestrax.bench.torture.plan.FaultPlan;
import io.orquestrax.bench.torture.plan.PlannedFault;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.dsl.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One run: a cluster under load, the faults of a plan, quiet, and the checks. */
final class TortureRun {
    private static final Duration SETTLING_LIMIT = Duration.ofSeconds(90);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(3);
    private static final Duration PAUSING_LIMIT = Duration.ofSeconds(30);

    private static final int GRPC_CLIENTS = 2;
    private static final int REST_CLIENTS = 2;

    private final TortureOptions options;
    private final Path directory;
    private final Consumer<String> progress;
    private final List<FaultTrace> faults = new ArrayList<>();
    private final List<Violation> obstacles = new ArrayList<>();

    /** @param directory empty; what the run leaves behind stays there */
    TortureRun(TortureOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
    }

    TortureResult run() throws InterruptedException, SQLException, IOException {
        progress.accept("Starting PostgreSQL, " + options.nodes() + " nodes and " + options.workers() + " workers");
        try (TortureCluster cluster = TortureCluster.start(directory, options.nodes(), options.workers())) {
            ClientRecord record = new ClientRecord();
            // The probe first, while nothing else goes on.
            PartitionProbe probe = PartitionProbe.begin(cluster.operatorAddress(), cluster.partitions());
            try (Load load = Load.begin(
                    options.seed(),
                    options.perSecond(),
                    grpcTargets(cluster),
                    doors(cluster, "rest", REST_CLIENTS),
                    record)) {
                injectAll(cluster);
                Thread.sleep(LAST_PAUSE);
                progress.accept("Waiting until all that was started has ended");
                load.stop();
                end(probe);
                boolean settled = load.settles(SETTLING_LIMIT);
                pauseSchedule(cluster.operatorAddress());
                try (Connection connection = cluster.connect()) {
                    settled &= Quiet.comesTo(connection, SETTLING_LIMIT);
                }
                progress.accept(settled ? "Checking" : "Not all has ended within " + SETTLING_LIMIT + "; checking");
            }
            return new TortureResult(options, faults, check(cluster, record), obstacles);
        }
    }

    private void injectAll(TortureCluster cluster) throws InterruptedException {
        Injector injector = new Injector(cluster);
        FaultPlan plan =
                FaultPlan.draw(options.seed(), options.kinds(), options.nodes(), options.workers(), options.duration());
        long deadline = System.nanoTime() + options.duration().toNanos();
        for (PlannedFault fault : plan.faults()) {
            Thread.sleep(fault.pause());
            if (System.nanoTime() > deadline || !obstacles.isEmpty()) {
                return;
            }
            inject(injector, fault);
        }
    }

    private void inject(Injector injector, PlannedFault fault) throws InterruptedException {
        try {
            FaultTrace trace = injector.inject(fault);
            faults.add(trace);
            progress.accept(String.format(
                    Locale.ROOT,
                    "%3d  %s of %s, %.1f s; %s after %.1f s",
                    fault.number(),
                    fault.kind().word(),
                    trace.victim(),
                    fault.length().toMillis() / 1e3,
                    trace.isWhole() ? "whole again" : "NOT whole",
                    Duration.between(trace.began(), trace.ended()).toMillis() / 1e3));
        } catch (CommandFailure | IllegalStateException failed) {
            obstacles.add(new Violation(
                    "A process starts and ends as it is asked to",
                    "fault " + fault.number() + ", " + fault.kind().word(),
                    failed + (failed instanceof CommandFailure told ? " " + told.below() : "")));
            progress.accept("Fault " + fault.number() + " could not be injected: " + failed.getMessage());
            if (failed instanceof CommandFailure told) {
                told.below().forEach(progress);
            }
        }
    }

    /** Some go through the load balancer, and one knows the nodes themselves. */
    private static List<String> grpcTargets(TortureCluster cluster) {
        List<String> targets = doors(cluster, "grpc", GRPC_CLIENTS);
        targets.add(String.join(",", cluster.nodeAddresses()));
        return targets;
    }

    private static List<String> doors(TortureCluster cluster, String name, int count) {
        List<String> addresses = new ArrayList<>();
        for (int index = 1; index <= count; index++) {
            addresses.add(cluster.openClientDoor(name + "-" + index));
        }
        return addresses;
    }

    private void end(PartitionProbe probe) throws InterruptedException {
        probe.end()
                .ifPresent(failure ->
                        obstacles.add(new Violation("The cluster answers when the faults are over", "probe", failure)));
    }

    /** Nothing new begins from now on. */
    private void pauseSchedule(String address) throws InterruptedException {
        RestApi api = new RestApi(address);
        long deadline = System.nanoTime() + PAUSING_LIMIT.toNanos();
        while (true) {
            try {
                var _ = api.post(
                        Route.of("schedules", "torture", "scheduled").action("pause"), Json.NODES.objectNode());
                return;
            } catch (CommandFailure failed) {
                if (System.nanoTime() > deadline) {
                    obstacles.add(
                            new Violation("The cluster answers when the faults are over", "pause", failed.sentence()));
                    return;
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        }
    }

    private Findings check(TortureCluster cluster, ClientRecord record) throws SQLException, IOException {
        Evidence evidence = new Evidence(
                faults,
                record.acknowledgements(),
                record.failures(),
                record.slowCalls(),
                ExecutionLog.read(cluster.directory()));
        try (Connection connection = cluster.connect()) {
            return Checker.check(connection, evidence);
        }
    }
}

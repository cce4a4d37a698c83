package io.orquestrax.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.bench.benchmark.Benchmark;
import io.orquestrax.bench.benchmark.Figure;
import io.orquestrax.bench.benchmark.Load;
import io.orquestrax.bench.benchmark.Scale;
import io.orquestrax.bench.benchmark.WarmUp;
import io.orquestrax.bench.environment.Environment;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.UntilSignal;
import io.orquestrax.cli.terminal.Table;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures this build on this machine. */
@Command(
        name = "bench",
        header = "Measure this build on this machine.",
        description = "Starts a node with its own PostgreSQL and a worker, each a process of its own, in a temporary"
                + " directory; drives them by the client; ends them, and removes the directory. A value is the median"
                + " of its runs.",
        footer = {
            "  orquestrax bench",
            "  orquestrax bench --only one-step --runs 5 --duration PT10S",
            "  orquestrax bench --output json"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_RUNS = 1000;
    private static final int MOST_INSTANCES = 10_000_000;

    /** A client has no more starts under way: others would wait in it. */
    private static final int MOST_IN_FLIGHT = 4000;

    private static final Load QUICK = new Load(Duration.ofSeconds(5), 30, 10);

    private final Terminal terminal;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only this one, as the table names it; may be repeated.")
    private List<String> only = List.of();

    @Option(names = "--runs", paramLabel = "N", defaultValue = "3", description = "Of each. Default: 3.")
    private int runs;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "PT5S",
            description = "Of a run. Default: PT5S.")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "PT3M",
            description =
                    "Longest run before, which is not counted; it ends when the rate rises no more. Default: PT3M.")
    private Duration warmUp;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Most instances of a run. Default: 1000000.")
    private int instances;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Most instances that are open at a time. Default: 1024.")
    private int inFlight;

    @Option(
            names = "--steady",
            paramLabel = "DURATION",
            defaultValue = "PT10M",
            description = "Of the load under which old instances go. Default: PT10M.")
    private Duration steady;

    @Option(
            names = "--quick",
            description = "Small and short: says whether everything can be measured, and nothing about speed.")
    private boolean quick;

    @Option(
            names = "--jvm-option",
            paramLabel = "OPTION",
            description = "One more option for the JVMs of node and worker, as for a recording; may be repeated.")
    private List<String> jvmOptions = List.of();

    @Mixin
    private OutputOptions output;

    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(Settings.load(null, Map.of(), Map.of("log.level", "warn")));
        require("--runs", runs, MOST_RUNS);
        require("--instances", instances, MOST_INSTANCES);
        require("--in-flight", inFlight, MOST_IN_FLIGHT);
        require("--duration", duration);
        require("--warm-up", warmUp);
        require("--steady", steady);
        List<Benchmark> chosen = chosen();
        try (Environment environment = new Environment(jvmOptions, inFlight)) {
            UntilSignal.closeAtEnd(List.of(environment));
            print(measure(environment, chosen));
        }
        return ExitCode.OK;
    }

    private List<Result> measure(Environment environment, List<Benchmark> chosen) throws InterruptedException {
        progress(machine());
        Load load = new Load(duration, instances, inFlight);
        Measurement measurement = quick
                ? new Measurement(new WarmUp(Duration.ZERO, QUICK), QUICK, 1, Scale.QUICK)
                : new Measurement(new WarmUp(warmUp, load), load, runs, Scale.FULL.withSteady(steady));
        List<Result> results = new ArrayList<>();
        for (Benchmark benchmark : chosen) {
            List<Result> measured = measurement.of(benchmark, environment, this::progress);
            measured.forEach(this::tell);
            results.addAll(measured);
        }
        progress(machine());
        return results;
    }

    private List<Benchmark> chosen() {
        List<Benchmark> all = Benchmark.all();
        Set<String> unknown = new HashSet<>(only);
        all.forEach(benchmark -> benchmark.figures().forEach(figure -> unknown.remove(figure.name())));
        if (!unknown.isEmpty()) {
            List<String> names = all.stream()
                    .flatMap(benchmark -> benchmark.figures().stream())
                    .map(Figure::name)
                    .toList();
            throw CommandFailure.usage("Expected --only to be one of " + String.join(", ", names) + ", but it is "
                    + String.join(", ", unknown) + ".");
        }
        return all.stream()
                .filter(benchmark ->
                        only.isEmpty() || benchmark.figures().stream().anyMatch(figure -> only.contains(figure.name())))
                .toList();
    }

    private void print(List<Result> results) {
        if (output.json()) {
            ArrayNode array = Json.NODES.arrayNode();
            results.forEach(result -> array.add(result.json()));
            OutputOptions.printJson(terminal, array);
            return;
        }
        Table table = new Table("NAME", "VALUE", "UNIT", "GOAL", "", "RUNS", "WARM-UP", "PARTS");
        for (Result result : results) {
            table.add(
                    result.figure().name(),
                    result.text(result.value()),
                    result.figure().unit(),
                    result.figure().goal().text(),
                    result.figure().goal().isReached(result.value()) ? "✓" : "✗",
                    result.runsText(),
                    result.warmUpText(),
                    result.partsText());
        }
        table.print(terminal);
    }

    private void progress(String line) {
        terminal.err().println(terminal.errStyle().faint(line + " …"));
    }

    /** As soon as it is known: the table comes at the end of an hour. */
    private void tell(Result result) {
        terminal.err()
                .println(result.figure().name() + ": " + result.text(result.value()) + " "
                        + result.figure().unit() + " (" + result.runsText() + ")");
    }

    /** What else the machine did belongs to every figure. */
    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "Load average of the last minute: %.1f on %d processors",
                system.getSystemLoadAverage(),
                system.getAvailableProcessors());
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CommandFailure.usage("Expected " + option + " to be 1 to " + most + ", but it is " + value + ".");
        }
    }

    private static void require(String option, Duration value) {
        if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
            throw CommandFailure.usage("Expected " + option + " to be longer than nothing and at most " + LONGEST
                    + ", but it is " + value + ".");
        }
    }
}

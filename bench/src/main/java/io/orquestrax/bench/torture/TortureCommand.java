package io.orquestrax.bench.torture;

import io.orquestrax.bench.environment.TemporaryDirectory;
import io.orquestrax.bench.torture.plan.FaultKind;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Breaks a cluster in every way that is survived, and checks that it is. */
@Command(
        name = "torture",
        header = "Break a cluster under load, again and again, and check every promise.",
        description =
                "Starts PostgreSQL, nodes and workers, each a process of its own, in a temporary directory; injects"
                        + " faults on a plan that the seed draws; lets everything end; and compares the database with what"
                        + " clients and workers remember. Ends with 1 where a promise was broken, and keeps the directory then.",
        footer = {
            "  orquestrax torture",
            "  orquestrax torture --nodes 3 --workers 2 --minutes 30 --seed 7",
            "  orquestrax torture --faults kill-node,freeze-node --output markdown"
        })
public final class TortureCommand implements Callable<Integer> {
    private static final int MOST_NODES = 16;
    private static final int MOST_WORKERS = 16;
    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_PER_SECOND = 200;

    private final Terminal terminal;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Default: 3.")
    private int nodes;

    @Option(names = "--workers", paramLabel = "N", defaultValue = "2", description = "Default: 2.")
    private int workers;

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "5", description = "Of faults. Default: 5.")
    private int minutes;

    @Option(names = "--seed", paramLabel = "N", description = "The same one draws the same faults. Default: another.")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "KIND",
            split = ",",
            description = "Only these, with commas between: kill-node, freeze-node, stop-node, drain-node,"
                    + " rolling-restart, join-and-leave, cut-database, hold-database, cut-peers, hold-peers, cut-door, hold-door,"
                    + " kill-worker, freeze-worker, stop-worker, cut-worker, hold-worker, restart-postgres,"
                    + " crash-postgres, power-cut. Default: all that so many nodes allow.")
    private List<String> faults = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Numbers that the load begins a second, each of one instance or a few. Default: 20.")
    private int perSecond;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default), json, or markdown: the results as docs/reliability.md shows them.")
    private Format format = Format.text;

    @Option(names = "--debug", description = "Show where an unexpected error comes from.")
    private boolean debug;

    public TortureCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How the result is written. */
    private enum Format {
        text,
        json,
        markdown
    }

    @Override
    public Integer call() throws InterruptedException, SQLException, IOException {
        Logging.configure(Settings.load(null, Map.of(), Map.of("log.level", "warn")));
        require("--nodes", nodes, MOST_NODES);
        require("--workers", workers, MOST_WORKERS);
        require("--minutes", minutes, MOST_MINUTES);
        require("--rate", perSecond, MOST_PER_SECOND);
        TortureOptions options = new TortureOptions(
                seed == null ? System.nanoTime() : seed,
                nodes,
                workers,
                Duration.ofMinutes(minutes),
                kinds(),
                perSecond);
        progress("Seed " + options.seed());
        TemporaryDirectory directory = TemporaryDirectory.create();
        TortureResult result = new TortureRun(options, directory.path(), this::progress).run();
        print(new TortureReport(result));
        if (result.isClean()) {
            directory.close();
            return ExitCode.OK;
        }
        progress(result.violations().size() + " violations; logs and database stay in " + directory.path());
        return ExitCode.WORKFLOW;
    }

    private List<FaultKind> kinds() {
        if (faults.isEmpty()) {
            return List.of(FaultKind.values());
        }
        List<FaultKind> kinds = new ArrayList<>();
        for (String word : faults) {
            FaultKind kind = FaultKind.find(word)
                    .orElseThrow(() -> CommandFailure.usage("Expected --faults to be of "
                            + String.join(", ", FaultKind.words()) + ", but got " + word + "."));
            if (!kind.isPossibleWith(nodes, workers)) {
                throw CommandFailure.usage(
                        "Expected more nodes for " + word + ", but there is " + nodes + " (--nodes).");
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private void print(TortureReport report) {
        switch (format) {
            case json -> OutputOptions.printJson(terminal, report.json());
            case markdown -> {
                report.markdown().forEach(terminal.out()::println);
                report.violations().forEach(this::progress);
            }
            case text -> {
                report.markdown().forEach(terminal.out()::println);
                report.violations().forEach(terminal.out()::println);
            }
        }
        terminal.out().flush();
    }

    private void progress(String line) {
        terminal.err().println(terminal.errStyle().faint(line));
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw CommandFailure.usage("Expected " + option + " to be 1 to " + most + ", but it is " + value + ".");
        }
    }
}

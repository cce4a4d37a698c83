package io.orquestrax.cli.dev;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.OwnProcess;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.command.UntilSignal;
import io.orquestrax.cli.node.Doors;
import io.orquestrax.cli.node.NodeOptions;
import io.orquestrax.cli.node.RunningNode;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything on this machine: database, node, and a worker with the examples' handlers. */
@Command(
        name = "dev",
        header = "Run everything on this machine: PostgreSQL, a node with its dashboard, and a worker.",
        description = "Deploys the examples and runs their handlers in a worker process of its own. Ctrl-C stops all"
                + " of it; the data stays in .orquestrax in the working directory, and the next start goes on with it.",
        footer = {
            "  orquestrax dev",
            "  orquestrax dev --port 9090 --data /tmp/playground",
            "  orquestrax dev --postgres postgresql://app:secret@localhost/orquestrax"
        })
public final class DevCommand implements Callable<Integer> {
    private static final Duration WORKER_LIMIT = Duration.ofSeconds(20);

    private final Terminal terminal;

    @Mixin
    private NodeOptions options;

    @Mixin
    private OutputOptions output;

    public DevCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        Settings settings = reachingThisMachine(calm(options.load(terminal)));
        Logging.configure(settings);
        RunningNode node = RunningNode.start(settings, Doors.all(), this::progress);
        List<AutoCloseable> running = new ArrayList<>(List.of(node));
        // Closed in this order; workers are put before the node as they are started.
        UntilSignal.closeAtEnd(running);
        List<Example> examples = Example.all(OwnProcess.home());
        RestApi api = new RestApi(node.address());
        for (Example example : examples) {
            deploy(api, example);
            if (example.hasHandlers()) {
                startWorker(example, node.address(), running);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        welcome(node, examples, took);
        UntilSignal.await(List.of());
        return ExitCode.OK;
    }

    /** A person reads this output: what goes well is told by the command itself. */
    private static Settings calm(Settings settings) {
        boolean chosen = !settings.source(SettingCatalog.LOG_LEVEL).equals("the default");
        return chosen ? settings : settings.with(SettingCatalog.LOG_LEVEL, "warn");
    }

    /** Who tries a workflow calls services that run beside it. */
    private static Settings reachingThisMachine(Settings settings) {
        boolean chosen =
                !settings.source(ConnectorSettingCatalog.HTTP_HOSTS_ALLOWED).equals("the default");
        return chosen ? settings : settings.with(ConnectorSettingCatalog.HTTP_HOSTS_ALLOWED, "127.0.0.0/8, ::1");
    }

    private void progress(String line) {
        terminal.err().println(terminal.errStyle().faint(line + " …"));
    }

    private void deploy(RestApi api, Example example) {
        try {
            progress("Deploying examples/" + example.name());
            var _ = api.post(Route.of("definitions"), "application/yaml", Files.readAllBytes(example.workflow()));
        } catch (CommandFailure refused) {
            // An example that somebody changed must not keep the rest from running.
            terminal.err().println("The example " + example.name() + " is not deployed: " + refused.sentence());
        } catch (IOException unreadable) {
            terminal.err().println("The example " + example.name() + " cannot be read: " + unreadable.getMessage());
        }
    }

    private void startWorker(Example example, String server, List<AutoCloseable> running) throws InterruptedException {
        progress("Starting a worker with the handlers of examples/" + example.name());
        WorkerProcess worker = WorkerProcess.start(
                example.name(),
                example.handlers(),
                example.home(),
                server,
                line -> terminal.err().println(terminal.errStyle().faint("worker " + example.name() + " | ") + line));
        synchronized (running) {
            running.addFirst(worker);
        }
        if (!worker.awaitConnected(WORKER_LIMIT)) {
            terminal.err()
                    .println("The worker has not connected within " + WORKER_LIMIT.toSeconds()
                            + " s; it goes on trying.");
        }
    }

    private void welcome(RunningNode node, List<Example> examples, Duration took) {
        terminal.out()
                .printf(
                        "%n%s OrquestraX is ready at %s%n",
                        terminal.outStyle().green("✓"), terminal.outStyle().bold(node.address()));
        terminal.out()
                .println(terminal.outStyle()
                        .faint("  after " + took.toMillis() / 100 / 10.0 + " s; data in " + node.storage()));
        boolean hasDemo = examples.stream().anyMatch(example -> example.name().equals("data-pipeline"));
        if (hasDemo) {
            terminal.out().println();
            terminal.out().println("  Run the example in another terminal:");
            terminal.out().println("    " + demo(node));
        }
        terminal.out().println();
        terminal.out().println("  Ctrl-C stops everything; the data stays.");
        terminal.out().flush();
    }

    /** As it works from the directory that this command was called in; the file is found by the worker. */
    private static String demo(RunningNode node) {
        Path home = OwnProcess.home().orElse(Path.of(""));
        boolean atHome = home.equals(Path.of("").toAbsolutePath());
        boolean usualAddress = node.address().equals(ServerOptions.DEFAULT);
        return (atHome ? "./orquestrax" : home.resolve("orquestrax"))
                + " start examples/data-pipeline --input '{\"file\":\"examples/data-pipeline/iris.csv\"}' --wait"
                + (usualAddress ? "" : " --server " + node.address());
    }
}

package io.orquestrax.cli.worker;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.node.SettingsOptions;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.sdk.worker.Worker;
import io.orquestrax.server.connector.ConnectorSettings;
import io.orquestrax.server.connector.Connectors;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs job handlers from jar files or from one source file, and connectors. */
@Command(
        name = "worker",
        header = "Run job handlers from jar files or from one Java source file, or connectors.",
        description =
                "A source file is compiled as the worker starts. The jars name their handlers in META-INF/services/io.orquestrax.sdk.worker.JobHandlers. SIGTERM"
                        + " and SIGINT drain the worker: it takes no new job, finishes what runs, and hands back the rest. --server may name several nodes,"
                        + " separated by commas; the worker learns of all others from the one that it reaches.",
        footer = {
            "  orquestrax worker Hello.java",
            "  orquestrax worker --jar target/handlers.jar",
            "  orquestrax worker --connectors http,openapi --set connectors.http.hosts.allowed=10.0.0.0/8 \\",
            "    --server http://orchestrator:8080",
            "  orquestrax worker --jar handlers.jar --server http://node-1:8080,http://node-2:8080",
            "  orquestrax worker --jar handlers.jar --jar lib/ --capacity 16 --name invoices \\",
            "    --server http://orchestrator:8080"
        })
public final class WorkerCommand implements Callable<Integer> {
    /** Written when the server has welcomed the worker; what starts a worker process waits for it. */
    public static final String READY = "Connected to ";

    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(5);

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.java",
            description = "A source file with a class that implements io.orquestrax.sdk.worker.JobHandlers.")
    private @Nullable Path source;

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "A jar with handlers, or a folder of jars; may be repeated.")
    private List<Path> jars = List.of();

    @Option(
            names = "--connectors",
            split = ",",
            paramLabel = "TYPE",
            description =
                    "Connectors to run here: http, openapi. Their settings and secrets are those of this process.")
    private List<String> connectors = List.of();

    @Option(names = "--name", description = "For people. Default: the host's name.")
    private @Nullable String name;

    @Option(names = "--capacity", paramLabel = "N", description = "Jobs at a time. Default: 64.")
    private @Nullable Integer capacity;

    @Option(
            names = "--drain-limit",
            paramLabel = "DURATION",
            defaultValue = "PT20S",
            description = "How long running jobs have when the worker is asked to end. Default: PT20S.")
    private Duration drainLimit;

    @Option(
            names = "--ends-with-parent",
            hidden = true,
            description =
                    "End when standard input does: the parent process holds the other end, also when it is killed.")
    private boolean endsWithParent;

    @Mixin
    private SettingsOptions settings;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public WorkerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings loaded = settings.load(terminal, Map.of());
        Logging.configure(loaded);
        String address = server.url(terminal);
        try (Connectors ofThisProcess = connectors(loaded)) {
            run(worker(address, new ConnectorHandlers(ofThisProcess)), address);
        }
        return ExitCode.OK;
    }

    private void run(Worker built, String address) throws InterruptedException {
        Worker worker = built.start();
        if (endsWithParent) {
            Thread.ofPlatform().name("parent-watch").daemon().start(this::endWithParent);
        }
        Thread.ofVirtual().name("connection-report").start(() -> reportConnection(worker, address));
        worker.runUntilShutdown(drainLimit);
    }

    private Connectors connectors(Settings loaded) {
        try {
            Settings own = loaded.with(ConnectorSettingCatalog.CONNECTORS, String.join(",", connectors));
            String version = WorkerCommand.class.getPackage().getImplementationVersion();
            return Connectors.of(ConnectorSettings.of(own), terminal.environment(), version == null ? "dev" : version);
        } catch (InvalidSettingException invalid) {
            throw CommandFailure.usage(String.valueOf(invalid.getMessage()));
        }
    }

    private Worker worker(String address, ConnectorHandlers ofConnectors) {
        if (source == null && jars.isEmpty() && connectors.isEmpty()) {
            throw CommandFailure.usage("Expected a Java source file, --jar or --connectors, but got none of them.");
        }
        if (capacity != null && capacity < 1) {
            throw CommandFailure.usage("Expected --capacity to be at least 1, but it is " + capacity + ".");
        }
        try {
            Worker.Builder builder = Worker.builder(address);
            if (source != null) {
                HandlerSource.load(source).forEach(builder::handlers);
            }
            if (!jars.isEmpty()) {
                URLClassLoader loader = HandlerJars.open(jars);
                Thread.currentThread().setContextClassLoader(loader);
                builder.discover(loader);
            }
            builder.handlers(ofConnectors);
            if (name != null) {
                builder.name(name);
            }
            if (capacity != null) {
                builder.capacity(capacity);
            }
            return builder.build();
        } catch (IllegalArgumentException | IllegalStateException | java.util.ServiceConfigurationError wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private void reportConnection(Worker worker, String address) {
        try {
            boolean waiting = false;
            while (!worker.awaitConnected(FIRST_CONNECTION)) {
                if (!waiting) {
                    terminal.err().println("Waiting for a server at " + address + " …");
                    waiting = true;
                }
            }
            terminal.out().println(READY + address);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWithParent() {
        try {
            while (terminal.in().read() >= 0) {
                // Nothing is said over this pipe; only its end means something.
            }
        } catch (IOException gone) {
            // The same as its end.
        }
        System.exit(ExitCode.OK);
    }
}

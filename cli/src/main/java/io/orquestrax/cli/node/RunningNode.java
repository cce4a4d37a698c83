package io.orquestrax.cli.node;

import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.cli.command.ExitCode;
import io.orquestrax.server.cluster.IncompatibleNodeException;
import io.orquestrax.server.node.HttpDoor;
import io.orquestrax.server.node.Node;
import io.orquestrax.server.node.Preparation;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.SettingCatalog;
import io.orquestrax.server.settings.Settings;
import io.orquestrax.store.StoreException;
import io.orquestrax.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node in this process, with the PostgreSQL server that it needs where no other is named. */
public final class RunningNode implements AutoCloseable {
    private final Settings settings;
    private final Node node;
    private final @Nullable EmbeddedPostgres postgres;
    private volatile boolean closing;

    private RunningNode(Settings settings, Node node, @Nullable EmbeddedPostgres postgres) {
        this.settings = settings;
        this.node = node;
        this.postgres = postgres;
        if (postgres != null) {
            ProcessHandle.of(postgres.pid()).ifPresent(server -> server.onExit().thenRun(this::endWithPostgres));
        }
    }

    /** A node without its own server can neither serve nor drain; what it acknowledged is durable, so it just ends. */
    private void endWithPostgres() {
        if (closing) {
            return;
        }
        System.err.println("error PostgreSQL in " + settings.dataDirectory() + " ended unexpectedly (its log is there)."
                + " What was acknowledged is safe: start again, and it goes on.");
        Runtime.getRuntime().halt(ExitCode.UNREACHABLE);
    }

    /**
     * Returns when the node is ready.
     *
     * @param progress is told what takes time
     * @throws CommandFailure where the port is taken, or the database cannot be had
     */
    public static RunningNode start(Settings settings, List<HttpDoor> doors, Consumer<String> progress) {
        requireFreePort(settings);
        Preparation.begin();
        EmbeddedPostgres postgres = null;
        try {
            Settings complete = settings;
            if (settings.postgresUrl().isEmpty()) {
                postgres = startPostgres(settings.dataDirectory(), progress);
                complete = settings.with(SettingCatalog.POSTGRES_URL, postgres.jdbcUrl())
                        .with(SettingCatalog.POSTGRES_USER, postgres.user())
                        .with(SettingCatalog.POSTGRES_PASSWORD, postgres.password());
            }
            progress.accept("Starting the node");
            return new RunningNode(settings, Node.start(complete, doors), postgres);
        } catch (RuntimeException failed) {
            if (postgres != null) {
                postgres.close();
            }
            throw told(failed, settings);
        }
    }

    public String address() {
        String host = settings.bindAddress();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (everywhere ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host) + ":"
                + node.port();
    }

    /** Where the data is, for a person. */
    public String storage() {
        return postgres == null
                ? "the database of postgres.url"
                : settings.dataDirectory().toString();
    }

    /** Finishes what was accepted, within the limit of the settings, then stops the database server. */
    @Override
    public void close() {
        closing = true;
        node.stop(settings.drainLimit());
        node.close();
        if (postgres != null) {
            postgres.close();
        }
    }

    private static EmbeddedPostgres startPostgres(Path directory, Consumer<String> progress) {
        boolean first = !Files.exists(directory.resolve("data"));
        progress.accept("Starting PostgreSQL in " + directory + (first ? " (the first time takes some seconds)" : ""));
        return EmbeddedPostgres.start(directory);
    }

    /** Asked first, since a database server need not be started for nothing. */
    private static void requireFreePort(Settings settings) {
        if (settings.port() == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.bindAddress(), settings.port()));
        } catch (BindException taken) {
            throw portTaken(settings, taken);
        } catch (IOException unusable) {
            throw CommandFailure.usage("Expected an address of this machine for bind-address, but "
                    + settings.bindAddress() + " is none: " + unusable.getMessage());
        }
    }

    private static CommandFailure portTaken(Settings settings, Throwable cause) {
        return CommandFailure.unreachable(
                "Expected port " + settings.port() + " on " + settings.bindAddress()
                        + " to be free, but something listens there already.",
                List.of("Take another one:  --port " + (settings.port() + 1) + ", or --port 0 for any that is free."),
                cause);
    }

    private static RuntimeException told(RuntimeException failed, Settings settings) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("already in use")) {
                return portTaken(settings, failed);
            }
            if (cause instanceof InvalidSettingException) {
                return CommandFailure.usage(String.valueOf(cause.getMessage()));
            }
            if (cause instanceof StoreException || cause instanceof IncompatibleNodeException) {
                return CommandFailure.unreachable(String.valueOf(cause.getMessage()), List.of(), failed);
            }
        }
        return failed;
    }
}

package io.orquestrax.store.embedded;

import io.orquestrax.store.StoreException;
import io.orquestrax.store.embedded.EmbeddedPostgres.ParentDeath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the data directory of a server and starts the server on it. */
final class ServerLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLauncher.class);

    /** Written into postgresql.conf once, so that whoever runs the server can change them there. */
    private static final List<String> DEFAULTS = List.of(
            "shared_buffers=256MB",
            "max_wal_size=2GB",
            "min_wal_size=256MB",
            "checkpoint_timeout=15min",
            "checkpoint_completion_target=0.9",
            "random_page_cost=1.1",
            "jit=off",
            "log_line_prefix=%m [%p] %q%a ",
            "max_connections=200");
    /** Given at every start: what was acknowledged is never lost, and nobody else gets in. */
    private static final List<String> MANDATORY = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "logging_collector=off",
            "log_destination=stderr",
            "lc_messages=C");

    private final Binaries binaries;
    private final ServerAccount account;
    private final ServerDirectory files;
    private final ParentDeath parentDeath;

    ServerLauncher(Binaries binaries, ServerAccount account, ServerDirectory files, ParentDeath parentDeath) {
        this.binaries = binaries;
        this.account = account;
        this.files = files;
        this.parentDeath = parentDeath;
    }

    /** Makes the data directory if there is none; a crash on the way leaves none. */
    void initialize(String user) throws IOException {
        files.password();
        if (Files.exists(files.data().resolve("PG_VERSION"))) {
            account.own(files.root());
            return;
        }
        Path fresh = files.root().resolve("data.new");
        if (Files.exists(fresh)) {
            Binaries.deleteTree(fresh);
        }
        account.own(files.root());
        List<String> command = new ArrayList<>(account.prefix());
        command.addAll(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + user,
                "--pwfile=" + files.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        DEFAULTS.forEach(setting -> command.add("--set=" + setting));
        Shell.Outcome outcome = Shell.run(command);
        if (!outcome.isGood()) {
            throw new StoreException("Expected initdb to make " + fresh + ", but it said:\n" + outcome.output());
        }
        Files.move(fresh, files.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns when it accepts connections.
     *
     * @param portMayBeTaken whether to answer empty, instead of to throw, when somebody else was faster on the port
     */
    Optional<RunningServer> launch(int port, boolean portMayBeTaken) throws IOException {
        files.rotateLog();
        long logBegin = Files.exists(files.log()) ? Files.size(files.log()) : 0;
        boolean bound = parentDeath == ParentDeath.STOPS_SERVER && Shell.works("setpriv", "--pdeathsig", "INT", "true");
        files.rememberBound(bound);
        RunningServer server =
                new RunningServer(files, spawn(command(port, bound)).toHandle());
        if (server.becomesReady()) {
            return Optional.of(server);
        }
        if (portMayBeTaken && logSince(logBegin).contains("could not bind")) {
            return Optional.empty();
        }
        throw new StoreException("Expected PostgreSQL to start in " + files.root()
                + ", but it ended. The end of its log:\n" + files.logTail());
    }

    private String logSince(long begin) throws IOException {
        byte[] log = Files.readAllBytes(files.log());
        return new String(log, (int) begin, log.length - (int) begin, StandardCharsets.UTF_8);
    }

    /** Each of the prefixes replaces itself by the next, so that the server is a direct child. */
    private List<String> command(int port, boolean bound) {
        List<String> command = new ArrayList<>(account.prefix());
        if (Shell.works("setsid", "true")) {
            // Else a Ctrl-C at the terminal would stop the server while this process still needs it to finish.
            command.add("setsid");
        }
        if (bound) {
            command.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        }
        command.addAll(List.of(
                binaries.program("postgres").toString(), "-D", files.data().toString(), "-p", Integer.toString(port)));
        MANDATORY.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    /** The kernel binds the child's life to the thread that spawned it, so that thread stays as long as the child. */
    private Process spawn(List<String> command) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().name("postgres-parent").daemon().start(() -> {
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(files.root().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(files.log().toFile()));
                Process process = builder.start();
                process.getOutputStream().close();
                started.complete(process);
                awaitEnd(process);
            } catch (IOException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new IOException("Expected to run " + command.getFirst() + ", but " + e.getCause(), e);
        }
    }

    private static void awaitEnd(Process process) {
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                LOG.debug("Nobody has a reason to end this thread before the child", e);
            }
        }
    }
}

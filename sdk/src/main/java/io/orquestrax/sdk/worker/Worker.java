package io.orquestrax.sdk.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ClientInterceptor;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.sdk.ChannelSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes jobs: keeps one stream to a node of the cluster, runs a handler on a virtual thread for each job that comes, and tells
 * the server what came of it until that is acknowledged.
 *
 * <pre>{@code
 * try (Worker worker = Worker.builder("localhost:8080")
 *         .capacity(50)
 *         .handler("greet", Person.class, (person, job) -> new Greeting("Hello, " + person.name()))
 *         .build()) {
 *     worker.runUntilShutdown();
 * }
 * }</pre>
 *
 * <p>Where the stream breaks, the handlers go on; the worker connects again, claims its jobs, and delivers what has
 * been done meanwhile.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);
    private static final Duration ACKNOWLEDGEMENT_LIMIT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(30);

    private final String id;
    private final Ledger ledger;
    private final Thread session;
    private final Object stateLock = new Object();
    private State state = State.NEW;

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }

    private Worker(Builder builder) {
        this.id = UUID.randomUUID().toString();
        int maxPayloadBytes = builder.maxMessageBytes - Builder.MESSAGE_MARGIN_BYTES;
        this.ledger = new Ledger(builder.registrations, builder.capacity, maxPayloadBytes);
        // Not a daemon: a started worker keeps the process alive until it is closed.
        this.session = Thread.ofPlatform()
                .name("orquestrax-worker-" + builder.name)
                .unstarted(new Session(builder.settings, builder.greeting(id), ledger));
    }

    /**
     * A worker to be, for this cluster. It connects to one of the nodes, and goes on with another where that is lost; the
     * nodes tell it of each other.
     *
     * @param target {@code host:port}, {@code http://host:port}, or {@code https://host:port} for TLS; several nodes are
     *     separated by commas
     * @throws IllegalArgumentException where it is none of these
     */
    public static Builder builder(String target) {
        return new Builder(ChannelSettings.of(target));
    }

    /** The same over all reconnects; another one for each worker that is built. */
    public String id() {
        return id;
    }

    /**
     * Begins to connect, and returns at once.
     *
     * @throws IllegalStateException where it was started or closed before
     */
    public Worker start() {
        synchronized (stateLock) {
            if (state != State.NEW) {
                throw new IllegalStateException("Expected a worker that was not started yet, but it is "
                        + (state == State.STARTED ? "started" : "closed"));
            }
            state = State.STARTED;
            session.start();
        }
        return this;
    }

    public boolean isConnected() {
        return ledger.isConnected();
    }

    /** Whether the server has welcomed the worker within the limit. */
    public boolean awaitConnected(Duration limit) throws InterruptedException {
        return ledger.awaitConnected(limit);
    }

    /**
     * Takes no new jobs, lets those that run end within the limit, hands back the rest, waits a few seconds for the
     * acknowledgement of what was done, and closes the worker.
     *
     * @return false where a job had to be handed back, or a result was not acknowledged: others do those jobs again
     */
    public boolean drain(Duration limit) {
        synchronized (stateLock) {
            State before = state;
            state = State.CLOSED;
            if (before == State.NEW) {
                return true;
            }
        }
        try {
            return drainStarted(limit);
        } catch (InterruptedException interrupted) {
            session.interrupt();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean drainStarted(Duration limit) throws InterruptedException {
        ledger.drain();
        boolean finished = ledger.awaitIdle(limit);
        if (!finished) {
            ledger.handBackActive();
        }
        boolean acknowledged = ledger.awaitSettled(ACKNOWLEDGEMENT_LIMIT);
        if (!acknowledged) {
            LOGGER.warn("Closing with results that the server has not acknowledged; their jobs will be done again");
        }
        ledger.close();
        session.join();
        return finished && acknowledged;
    }

    /** Interrupts and hands back what runs, waits a few seconds for acknowledgements, and ends. */
    @Override
    public void close() {
        var _ = drain(Duration.ZERO);
    }

    /** Starts the worker unless it is started, and returns when it is closed; SIGTERM and SIGINT drain it. */
    public void runUntilShutdown() throws InterruptedException {
        runUntilShutdown(DEFAULT_DRAIN_LIMIT);
    }

    /**
     * As the other.
     *
     * @param drainLimit how long running jobs have when the process is asked to end
     */
    public void runUntilShutdown(Duration drainLimit) throws InterruptedException {
        Thread hook = Thread.ofPlatform().name("orquestrax-worker-shutdown").unstarted(() -> {
            LOGGER.info("Asked to end: finishing what runs, for at most {} s", drainLimit.toSeconds());
            var _ = drain(drainLimit);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        synchronized (stateLock) {
            if (state == State.NEW) {
                var _ = start();
            }
        }
        session.join();
    }

    /** What a worker is made of; not thread-safe. */
    public static final class Builder implements Registry {
        /** What a message needs beside one payload. */
        private static final int MESSAGE_MARGIN_BYTES = 4 << 10;

        private static final int DEFAULT_CAPACITY = 64;
        private static final int DEFAULT_MESSAGE_BYTES = 4 << 20;

        private final Map<String, Registration<?>> registrations = new LinkedHashMap<>();
        private ChannelSettings settings;
        private String name = host();
        private String buildId = "";
        private int capacity = DEFAULT_CAPACITY;
        private int maxMessageBytes = DEFAULT_MESSAGE_BYTES;

        private Builder(ChannelSettings settings) {
            this.settings = settings;
        }

        /** For people; the name of the host unless set. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** Which build of the handlers this is, for people; empty unless set. */
        public Builder buildId(String value) {
            buildId = value;
            return this;
        }

        /** Jobs at a time, of all types together; 64 unless set. */
        public Builder capacity(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("Expected a capacity of at least 1, but got " + value);
            }
            capacity = value;
            return this;
        }

        /**
         * The largest message that the server takes; 4 MiB unless set. An output above it fails its job.
         */
        public Builder maxMessageBytes(int value) {
            if (value < 2 * MESSAGE_MARGIN_BYTES) {
                throw new IllegalArgumentException(
                        "Expected messages of at least " + 2 * MESSAGE_MARGIN_BYTES + " bytes, but got " + value);
            }
            maxMessageBytes = value;
            return this;
        }

        /** TLS with the platform's trusted certificates. */
        public Builder tls() {
            settings = settings.withTls(null);
            return this;
        }

        /**
         * TLS with these trusted certificates only.
         *
         * @param trustedCertificates PEM file
         */
        public Builder tls(Path trustedCertificates) {
            settings = settings.withTls(trustedCertificates);
            return this;
        }

        /** For instance to add a token to the stream. */
        public Builder interceptor(ClientInterceptor interceptor) {
            settings = settings.withInterceptor(interceptor);
            return this;
        }

        @Override
        public <I> Builder handler(
                String type,
                Class<I> input,
                HandlerOptions options,
                JobHandler<I, ? extends @Nullable Object> handler) {
            if (type.isBlank()) {
                throw new IllegalArgumentException("Expected a job type, but got an empty one");
            }
            if (registrations.putIfAbsent(type, new Registration<>(type, input, options, handler)) != null) {
                throw new IllegalArgumentException("Expected one handler for job type " + type + ", but got two");
            }
            return this;
        }

        @Override
        public <I> Builder handler(String type, Class<I> input, JobHandler<I, ? extends @Nullable Object> handler) {
            return handler(type, input, HandlerOptions.NONE, handler);
        }

        @Override
        public Builder handler(
                String type, HandlerOptions options, JobHandler<JsonNode, ? extends @Nullable Object> handler) {
            return handler(type, JsonNode.class, options, handler);
        }

        @Override
        public Builder handler(String type, JobHandler<JsonNode, ? extends @Nullable Object> handler) {
            return handler(type, JsonNode.class, HandlerOptions.NONE, handler);
        }

        @Override
        public <I> Builder voidHandler(String type, Class<I> input, HandlerOptions options, VoidJobHandler<I> handler) {
            var _ = Registry.super.voidHandler(type, input, options, handler);
            return this;
        }

        @Override
        public <I> Builder voidHandler(String type, Class<I> input, VoidJobHandler<I> handler) {
            return voidHandler(type, input, HandlerOptions.NONE, handler);
        }

        /** Registers all handlers of a bundle. */
        public Builder handlers(JobHandlers bundle) {
            bundle.register(this);
            return this;
        }

        /**
         * Registers every {@link JobHandlers} that the class loader finds.
         *
         * @throws IllegalArgumentException where it finds none
         */
        public Builder discover(ClassLoader loader) {
            int before = registrations.size();
            ServiceLoader.load(JobHandlers.class, loader).forEach(this::handlers);
            if (registrations.size() == before) {
                throw new IllegalArgumentException("Expected handlers named in META-INF/services/"
                        + JobHandlers.class.getName() + ", but found none");
            }
            return this;
        }

        /**
         * A worker that is not started yet.
         *
         * @throws IllegalStateException where no handler was registered
         */
        public Worker build() {
            if (registrations.isEmpty()) {
                throw new IllegalStateException("Expected at least one handler, but none was registered");
            }
            return new Worker(this);
        }

        private Hello greeting(String workerId) {
            String version = Worker.class.getPackage().getImplementationVersion();
            return Hello.newBuilder()
                    .setWorkerId(workerId)
                    .setName(name)
                    .addAllTypes(registrations.values().stream()
                            .map(Registration::toMessage)
                            .toList())
                    .setCapacity(capacity)
                    .setHost(host())
                    .setPid(ProcessHandle.current().pid())
                    .setLanguage("java")
                    .setSdkVersion(version == null ? "development" : version)
                    .setBuildId(buildId)
                    .build();
        }

        private static String host() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unnamed) {
                return "localhost";
            }
        }
    }
}

package io.orquestrax.sdk.worker;

import io.grpc.Status;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.WorkerMessage;
import io.orquestrax.sdk.ChannelSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a worker connected: one stream after the other, at another node at once where one is lost, with growing pauses
 * where none can be reached.
 */
final class Session implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);
    private static final Duration GREETING_LIMIT = Duration.ofSeconds(10);
    private static final Duration GREETING_LIMIT_OF_SEVERAL = Duration.ofSeconds(3);
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final ChannelSettings settings;
    private final Hello greeting;
    private final Ledger ledger;
    private final Addresses addresses;
    private int failures;

    /**
     * @param greeting without claims
     */
    Session(ChannelSettings settings, Hello greeting, Ledger ledger) {
        this.settings = settings;
        this.greeting = greeting;
        this.ledger = ledger;
        this.addresses = new Addresses(settings.addresses());
    }

    @Override
    public void run() {
        try {
            while (!ledger.isClosing()) {
                Optional<String> next = addresses.next();
                if (next.isPresent()) {
                    connect(next.get());
                } else if (!ledger.awaitClosing(pause())) {
                    failures++;
                    addresses.startOver();
                }
            }
        } catch (InterruptedException interrupted) {
            LOGGER.info("The worker's session was interrupted");
        }
    }

    private void connect(String address) throws InterruptedException {
        WorkStream stream = new WorkStream(settings.at(address).open(), ledger, addresses);
        try {
            stream.open(
                    greeting.toBuilder().addAllClaims(ledger.connect(stream)).build());
            if (awaitWelcome(stream)) {
                failures = 0;
                addresses.startOver();
                pump(stream);
            }
            if (!ledger.isClosing()) {
                tellWhy(address, stream);
            }
        } finally {
            addresses.failed(address);
            stream.abort();
        }
    }

    /** Where there are others to ask, one that is silent costs less. */
    private boolean awaitWelcome(WorkStream stream) throws InterruptedException {
        Duration limit = addresses.areSeveral() ? GREETING_LIMIT_OF_SEVERAL : GREETING_LIMIT;
        return ledger.awaitConnected(limit, stream::hasEnded) && !stream.hasEnded();
    }

    private void pump(WorkStream stream) throws InterruptedException {
        while (!stream.hasEnded()) {
            List<WorkerMessage> messages = ledger.next(stream);
            stream.send(messages);
            if (messages.isEmpty()) {
                stream.finish(FINISH_LIMIT);
                return;
            }
        }
    }

    private void tellWhy(String address, WorkStream stream) {
        if (stream.isToLeave()) {
            LOGGER.info("The node at {} leaves; going on at another one", address);
            return;
        }
        Throwable failure = stream.failure();
        String reason = failure == null
                ? (stream.hasEnded() ? "the server ended the stream" : "the server did not answer the greeting")
                : describe(Status.fromThrowable(failure));
        if (failures == 0) {
            LOGGER.warn("Lost {}: {}. Trying again", address, reason);
        } else {
            LOGGER.debug("Could not connect to {}: {}", address, reason);
        }
    }

    private static String describe(Status status) {
        String description = status.getDescription() == null ? "" : ", " + status.getDescription();
        String cause = status.getCause() == null ? "" : ", " + status.getCause().getMessage();
        return status.getCode() + description + cause;
    }

    private Duration pause() {
        long ceiling = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }
}

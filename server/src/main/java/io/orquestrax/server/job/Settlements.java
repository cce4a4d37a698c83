package io.orquestrax.server.job;

import io.orquestrax.engine.command.Reply;
import io.orquestrax.server.partition.CommandGateway;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends settlements until they are durable or refused; an overloaded or recovering partition only delays them. */
final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final int DOUBLINGS = 7;

    private final CommandGateway commands;
    private final Serial serial;
    private final BiConsumer<Settlement, Boolean> finished;

    /**
     * @param finished told whether it counted
     */
    Settlements(CommandGateway commands, Serial serial, BiConsumer<Settlement, Boolean> finished) {
        this.commands = commands;
        this.serial = serial;
        this.finished = finished;
    }

    void send(Settlement settlement) {
        settlement.sent();
        serial.afterwards(() -> sendNow(settlement));
    }

    private void sendNow(Settlement settlement) {
        CompletableFuture<Reply> reply;
        try {
            UUID instance = settlement.job().id().instance();
            reply = settlement.mayHaveCounted()
                    ? commands.sendAgain(instance, settlement.command())
                    : commands.send(instance, settlement.command());
        } catch (RuntimeException notAccepted) {
            reply = CompletableFuture.failedFuture(notAccepted);
        }
        var _ = reply.whenComplete(
                (@Nullable Reply answer, @Nullable Throwable failure) -> take(settlement, answer, failure));
    }

    /** Whoever completed the reply has no use for a bug of ours. */
    private void take(Settlement settlement, @Nullable Reply answer, @Nullable Throwable failure) {
        try {
            serial.run(() -> answered(settlement, answer, failure));
        } catch (RuntimeException bug) {
            LOG.error(
                    "The answer for job {} could not be taken", settlement.job().id(), bug);
        }
    }

    private void answered(Settlement settlement, @Nullable Reply answer, @Nullable Throwable failure) {
        if (answer != null) {
            finished.accept(settlement, answer instanceof Reply.Accepted);
            return;
        }
        int failures = settlement.failed();
        if (!settlement.job().isSettledBy(settlement)) {
            return;
        }
        LOG.debug(
                "What became of job {} could not be made durable yet; trying again",
                settlement.job().id(),
                failure);
        serial.later(delayAfter(failures), () -> sendAgain(settlement));
    }

    private void sendAgain(Settlement settlement) {
        if (settlement.job().isSettledBy(settlement)) {
            send(settlement);
        }
    }

    private static Duration delayAfter(int failures) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}

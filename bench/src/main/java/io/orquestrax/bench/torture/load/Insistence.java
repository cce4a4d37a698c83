package io.orquestrax.bench.torture.load;

import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.ClientRecord.SlowCall;
import io.orquestrax.bench.torture.load.Door.CallFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes a call again until it is answered, as a careful client does, and writes down what failed on the way. */
record Insistence(Door door, ClientRecord record) {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(600);

    /** @throws InterruptedException when the run is over */
    <T> T until(String call, Supplier<T> attempt) throws InterruptedException {
        Optional<T> answer = until(call, Set.of(), attempt);
        return answer.orElseThrow(() -> new IllegalStateException("Expected " + call + " to be answered"));
    }

    /**
     * @param settled codes that say that an earlier try did it, or that there is nothing to be done any more
     * @return empty where one of these came
     * @throws InterruptedException when the run is over
     */
    <T> Optional<T> until(String call, Set<String> settled, Supplier<T> attempt) throws InterruptedException {
        Instant first = Instant.now();
        Instant began = first;
        while (true) {
            try {
                T answer = attempt.get();
                record.add(new SlowCall(call, first, Instant.now()));
                return Optional.of(answer);
            } catch (CallFailure failed) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (settled.contains(failed.code())) {
                    return Optional.empty();
                }
                record.add(
                        new FailedCall(call, door.name(), String.valueOf(failed.getMessage()), began, Instant.now()));
            }
            pause();
            began = Instant.now();
        }
    }

    private static void pause() throws InterruptedException {
        long span = LONGEST_PAUSE.minus(SHORTEST_PAUSE).toMillis();
        Thread.sleep(SHORTEST_PAUSE.plusMillis(ThreadLocalRandom.current().nextLong(span)));
    }
}

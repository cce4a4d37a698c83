package io.orquestrax.protocol;

import java.util.Optional;
import java.util.UUID;

/**
 * One execution of a job: (instance, activation, attempt), the idempotency key that a worker gets.
 *
 * <p>As text: {@code <instance>.<activation>.<attempt>}.
 */
public record JobId(UUID instance, long activation, int attempt) {

    public static Optional<JobId> parse(String text) {
        int second = text.lastIndexOf('.');
        int first = second < 0 ? -1 : text.lastIndexOf('.', second - 1);
        if (first != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JobId(
                    UUID.fromString(text.substring(0, first)),
                    Long.parseLong(text.substring(first + 1, second)),
                    Integer.parseInt(text.substring(second + 1))));
        } catch (IllegalArgumentException notAJobId) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return instance + "." + activation + "." + attempt;
    }
}

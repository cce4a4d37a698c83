package io.orquestrax.dashboard.definitions;

import io.orquestrax.dsl.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form that starts an instance, as the reader filled it in.
 *
 * @param keyError what is wrong with the key; null where nothing is
 * @param inputError what is wrong with the input; null where nothing is
 * @param violations of the input, each with its place
 */
public record StartForm(
        String key,
        String input,
        @Nullable String keyError,
        @Nullable String inputError,
        List<Problem> violations) {

    public StartForm {
        violations = List.copyOf(violations);
    }

    public static StartForm of(String key, String input) {
        return new StartForm(key, input, null, null, List.of());
    }

    public StartForm withKeyError(String error) {
        return new StartForm(key, input, error, null, List.of());
    }

    public StartForm withInputError(String error, List<Problem> problems) {
        return new StartForm(key, input, null, error, problems);
    }
}

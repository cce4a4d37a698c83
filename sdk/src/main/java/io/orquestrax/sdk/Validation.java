package io.orquestrax.sdk;

import java.util.List;

/** What was found in a document: violations, warnings among them. */
public record Validation(boolean valid, List<Violation> violations) {

    public Validation {
        violations = List.copyOf(violations);
    }
}

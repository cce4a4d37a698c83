package io.orquestrax.sdk;

import java.util.List;

/**
 * The outcome of a deployment.
 *
 * @param created false when the same content was there before
 */
public record Deployment(Definition definition, boolean created, List<Violation> warnings) {

    public Deployment {
        warnings = List.copyOf(warnings);
    }
}

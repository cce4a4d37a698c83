package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.Problem;
import io.orquestrax.store.definition.StoredDefinition;
import java.util.List;

/**
 * @param isNew false when the same content was there before
 */
public record Deployment(StoredDefinition definition, boolean isNew, List<Problem> warnings) {

    public Deployment {
        warnings = List.copyOf(warnings);
    }
}

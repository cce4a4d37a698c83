package io.orquestrax.store.definition;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.store.Database;
import io.orquestrax.store.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deployed definitions. */
public final class Definitions {

    public Definitions(Database database) {}

    /** What became of a deployment. */
    public enum Deployed {
        CREATED,
        UNCHANGED,
        /** The version is there with other content; nothing changed. */
        CONFLICT
    }

    public Deployed deploy(StoredDefinition definition) {
        throw new UnsupportedOperationException("to be built");
    }

    public Optional<StoredDefinition> find(DefinitionId id) {
        throw new UnsupportedOperationException("to be built");
    }

    /** Of the highest version by semantic-version order. */
    public Optional<StoredDefinition> findHighest(String namespace, String name) {
        throw new UnsupportedOperationException("to be built");
    }

    /** By namespace, name, and version (highest first); sources empty. */
    public Page<StoredDefinition> list(
            @Nullable String namespace, @Nullable String name, int pageSize, @Nullable String pageToken) {
        throw new UnsupportedOperationException("to be built");
    }
}

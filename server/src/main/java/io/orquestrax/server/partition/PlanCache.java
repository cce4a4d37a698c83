package io.orquestrax.server.partition;

import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiled definitions by content hash; the least recently used leaves first. */
public final class PlanCache {
    /** A deployed definition does not compile, as when another version of the product had accepted it. */
    public static final class UncompilableException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        UncompilableException(String message) {
            super(message);
        }
    }

    private final Definitions definitions;
    private final DocumentCompiler compiler;
    private final Map<String, Plan> plans;

    public PlanCache(Definitions definitions, DocumentCompiler compiler, int size) {
        this.definitions = definitions;
        this.compiler = compiler;
        this.plans = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
                return size() > size;
            }
        };
    }

    /**
     * Blocks where it must be read from the database.
     *
     * @throws IllegalStateException if the database holds no such definition, which no user can cause
     */
    Plan plan(DefinitionId id, String contentHash) {
        Plan cached = cached(contentHash);
        if (cached != null) {
            return cached;
        }
        return plan(definitions
                .find(id)
                .filter(definition -> definition.contentHash().equals(contentHash))
                .orElseThrow(() -> new IllegalStateException(
                        "Expected the definition " + id + " with content " + contentHash + ", but there is none")));
    }

    /** Of a definition that was read already. */
    public Plan plan(StoredDefinition definition) {
        Plan cached = cached(definition.contentHash());
        if (cached != null) {
            return cached;
        }
        Compilation compilation = compiler.compile(definition.source(), KeptResources.of(definition));
        Plan plan = compilation
                .plan()
                .orElseThrow(() -> new UncompilableException("Expected the deployed definition " + definition.id()
                        + " to compile, but: " + compilation.problems()));
        put(plan);
        return plan;
    }

    public synchronized void put(Plan plan) {
        plans.put(plan.contentHash(), plan);
    }

    public Optional<Plan> find(String contentHash) {
        return Optional.ofNullable(cached(contentHash));
    }

    private synchronized @Nullable Plan cached(String contentHash) {
        return plans.get(contentHash);
    }
}

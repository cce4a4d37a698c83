package io.orquestrax.server.partition;

import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Plans as starts ask for them: by name and perhaps a version. */
public final class PlanLookup {
    /** How long a deployment of another node, which could not say so, may go unnoticed by starts without a version. */
    public static final Duration HIGHEST_STAYS = Duration.ofSeconds(1);

    private static final int MAX_REMEMBERED = 10_000;

    private final Definitions definitions;
    private final PlanCache plans;
    private final Clock clock;
    private final Map<Name, Highest> highest = new ConcurrentHashMap<>();
    private final Map<DefinitionId, String> hashes = new ConcurrentHashMap<>();
    private final AtomicLong deployments = new AtomicLong();
    private volatile BiConsumer<String, String> elsewhere = (namespace, name) -> {};

    private record Name(String namespace, String name) {}

    private record Highest(DefinitionId id, Instant readAt) {}

    public PlanLookup(Definitions definitions, PlanCache plans, Clock clock) {
        this.definitions = definitions;
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * Blocks where it must be read from the database.
     *
     * @param version absent for the highest
     * @return empty where nothing of that name is deployed
     * @throws PlanCache.UncompilableException if it was deployed by another version of the product, and this one cannot
     *     compile it
     */
    public Optional<Plan> find(String namespace, String name, @Nullable String version) {
        if (version != null) {
            return find(new DefinitionId(namespace, name, version));
        }
        Name key = new Name(namespace, name);
        Highest known = highest.get(key);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.readAt().plus(HIGHEST_STAYS))) {
            return find(known.id());
        }
        long seen = deployments.get();
        Optional<StoredDefinition> found = definitions.findHighest(namespace, name);
        if (highest.size() >= MAX_REMEMBERED) {
            highest.clear();
        }
        found.ifPresent(definition -> remember(key, new Highest(definition.id(), now), seen));
        return found.map(this::remembered);
    }

    /**
     * Before the first deployment.
     *
     * @param others tells the other nodes of a namespace and name, and waits until none of them starts an older version
     */
    public void connect(BiConsumer<String, String> others) {
        elsewhere = others;
    }

    /** After a deployment on this node; when it returns, no node starts an older version as the highest one. */
    public void deployed(DefinitionId id) {
        forget(id.namespace(), id.name());
        elsewhere.accept(id.namespace(), id.name());
    }

    /** After a deployment on another node. */
    public void forget(String namespace, String name) {
        deployments.incrementAndGet();
        highest.remove(new Name(namespace, name));
    }

    /** Unless a deployment came between the reading and now. */
    private void remember(Name key, Highest read, long seen) {
        highest.put(key, read);
        if (deployments.get() != seen) {
            highest.remove(key, read);
        }
    }

    private Optional<Plan> find(DefinitionId id) {
        String hash = hashes.get(id);
        Optional<Plan> compiled = hash == null ? Optional.empty() : plans.find(hash);
        return compiled.isPresent() ? compiled : definitions.find(id).map(this::remembered);
    }

    private Plan remembered(StoredDefinition definition) {
        if (hashes.size() >= MAX_REMEMBERED) {
            hashes.clear();
        }
        hashes.put(definition.id(), definition.contentHash());
        return plans.plan(definition);
    }
}

package io.orquestrax.server.peer;

import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.cluster.v1.Watch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Which other nodes want to be told of what this one commits. From any thread. */
final class WantedElsewhere {
    private final Map<UUID, Set<String>> byInstance = new ConcurrentHashMap<>();
    private final Map<UUID, Set<String>> byParent = new ConcurrentHashMap<>();
    private final Map<UUID, Set<String>> byEnding = new ConcurrentHashMap<>();
    private final Set<String> everything = new CopyOnWriteArraySet<>();

    void take(String node, Watch watch) {
        if (watch.getAnew()) {
            forget(node);
        }
        watch.getRemoveList().forEach(id -> remove(byInstance, id, node));
        watch.getRemoveParentsList().forEach(id -> remove(byParent, id, node));
        watch.getRemoveEndsList().forEach(id -> remove(byEnding, id, node));
        watch.getAddList().forEach(id -> add(byInstance, id, node));
        watch.getAddParentsList().forEach(id -> add(byParent, id, node));
        watch.getAddEndsList().forEach(id -> add(byEnding, id, node));
        if (watch.hasEverything() && watch.getEverything()) {
            everything.add(node);
        } else if (watch.hasEverything()) {
            everything.remove(node);
        }
    }

    void forget(String node) {
        everything.remove(node);
        byInstance.keySet().forEach(id -> remove(byInstance, id, node));
        byParent.keySet().forEach(id -> remove(byParent, id, node));
        byEnding.keySet().forEach(id -> remove(byEnding, id, node));
    }

    /**
     * @param ends whether it is about a change that ends the instance
     */
    boolean isAny(UUID instance, @Nullable Origin origin, boolean ends) {
        return !everything.isEmpty()
                || byInstance.containsKey(instance)
                || ends && byEnding.containsKey(instance)
                || origin instanceof Origin.Parent parent && byParent.containsKey(parent.instance());
    }

    Set<String> by(UUID instance, @Nullable Origin origin, boolean ends) {
        if (!isAny(instance, origin, ends)) {
            return Set.of();
        }
        Set<String> nodes = new HashSet<>(everything);
        nodes.addAll(byInstance.getOrDefault(instance, Set.of()));
        if (ends) {
            nodes.addAll(byEnding.getOrDefault(instance, Set.of()));
        }
        if (origin instanceof Origin.Parent parent) {
            nodes.addAll(byParent.getOrDefault(parent.instance(), Set.of()));
        }
        return nodes;
    }

    private static void add(Map<UUID, Set<String>> by, String id, String node) {
        by.compute(UUID.fromString(id), (key, nodes) -> {
            Set<String> present = nodes == null ? new CopyOnWriteArraySet<>() : nodes;
            present.add(node);
            return present;
        });
    }

    private static void remove(Map<UUID, Set<String>> by, String id, String node) {
        remove(by, UUID.fromString(id), node);
    }

    private static void remove(Map<UUID, Set<String>> by, UUID id, String node) {
        by.computeIfPresent(id, (key, nodes) -> {
            nodes.remove(node);
            return nodes.isEmpty() ? null : nodes;
        });
    }
}

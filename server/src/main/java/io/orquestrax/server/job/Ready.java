package io.orquestrax.server.job;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takers with room for whom no job waits, by type. Guarded by the dispatcher's lock. */
final class Ready {
    private final Map<String, LinkedHashSet<Taker>> byType = new HashMap<>();

    /** In turns. One that has no room any more, for other reasons than its jobs, leaves the list here. */
    @Nullable
    Taker next(String type) {
        for (LinkedHashSet<Taker> takers = byType.get(type); takers != null; takers = byType.get(type)) {
            Taker next = takers.getFirst();
            if (next.free() > 0) {
                takers.addLast(next);
                return next;
            }
            remove(next);
        }
        return null;
    }

    void add(Taker taker) {
        for (String type : taker.types()) {
            byType.computeIfAbsent(type, any -> new LinkedHashSet<>()).add(taker);
        }
    }

    void remove(Taker taker) {
        for (String type : taker.types()) {
            LinkedHashSet<Taker> takers = byType.get(type);
            if (takers != null && takers.remove(taker) && takers.isEmpty()) {
                byType.remove(type);
            }
        }
    }

    boolean contains(Taker taker) {
        return taker.types().stream()
                .findFirst()
                .map(byType::get)
                .map(takers -> takers.contains(taker))
                .orElse(false);
    }

    Set<Taker> all() {
        Set<Taker> all = Collections.newSetFromMap(new IdentityHashMap<>());
        byType.values().forEach(all::addAll);
        return all;
    }
}

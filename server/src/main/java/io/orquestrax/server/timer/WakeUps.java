package io.orquestrax.server.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** The wake-ups of a partition that are near, the earliest first; at most one an instance. For one thread. */
public final class WakeUps {
    private final Map<UUID, WakeUp> byInstance = new HashMap<>();
    private final TreeSet<WakeUp> byTime =
            new TreeSet<>(Comparator.comparing(WakeUp::at).thenComparing(WakeUp::instance));

    private record WakeUp(UUID instance, Instant at) {}

    /** Replaces what was set for the instance. */
    public void set(UUID instance, Instant at) {
        clear(instance);
        WakeUp wakeUp = new WakeUp(instance, at);
        byInstance.put(instance, wakeUp);
        byTime.add(wakeUp);
    }

    public void clear(UUID instance) {
        WakeUp present = byInstance.remove(instance);
        if (present != null) {
            byTime.remove(present);
        }
    }

    public void clearAll() {
        byInstance.clear();
        byTime.clear();
    }

    /** Takes an instance whose time has come. */
    public Optional<UUID> takeDue(Instant now) {
        if (byTime.isEmpty() || byTime.first().at().isAfter(now)) {
            return Optional.empty();
        }
        UUID due = byTime.first().instance();
        clear(due);
        return Optional.of(due);
    }

    /** Instances whose time has come, the earliest first, at most so many; they stay. */
    public List<UUID> due(Instant now, int most) {
        List<UUID> due = new ArrayList<>();
        for (WakeUp wakeUp : byTime) {
            if (due.size() == most || wakeUp.at().isAfter(now)) {
                break;
            }
            due.add(wakeUp.instance());
        }
        return due;
    }

    public Optional<Instant> next() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.first().at());
    }
}

package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * What an instance has to do with events.
 *
 * @param listeners activations that wait for events
 * @param correlations what correlates, by key: the first value that was met
 * @param consumed positions of events that may be delivered again
 * @param byTime the same, those first that are kept the shortest
 */
record Correspondence(
        PSortedSet<Long> listeners,
        PMap<String, JsonNode> correlations,
        PMap<Long, Instant> consumed,
        PSortedSet<Consumption> byTime) {
    static final Correspondence NONE =
            new Correspondence(TreePSet.empty(), HashTreePMap.empty(), HashTreePMap.empty(), TreePSet.empty());

    /** An event that was consumed, and is kept for others until then. */
    record Consumption(Instant keptUntil, long position) implements Comparable<Consumption> {
        private static final Comparator<Consumption> ORDER =
                Comparator.comparing(Consumption::keptUntil).thenComparingLong(Consumption::position);

        @Override
        public int compareTo(Consumption other) {
            return ORDER.compare(this, other);
        }
    }

    Correspondence withListeners(PSortedSet<Long> changed) {
        return changed == listeners ? this : new Correspondence(changed, correlations, consumed, byTime);
    }

    /** Remembers an event, and forgets those that nobody keeps any more. */
    Correspondence consuming(Consumption consumption, Map<String, JsonNode> learned, Instant now) {
        PMap<Long, Instant> positions = consumed;
        PSortedSet<Consumption> times = byTime;
        while (!times.isEmpty() && !times.first().keptUntil().isAfter(now)) {
            positions = positions.minus(times.first().position());
            times = times.minus(times.first());
        }
        return new Correspondence(
                listeners,
                correlations.plusAll(learned),
                positions.plus(consumption.position(), consumption.keptUntil()),
                times.plus(consumption));
    }
}

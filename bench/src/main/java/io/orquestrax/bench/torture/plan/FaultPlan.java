package io.orquestrax.bench.torture.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The faults of a run, in order. The same seed and the same choices give the same plan. */
public record FaultPlan(List<PlannedFault> faults) {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /**
     * Every possible kind comes once before any comes again.
     *
     * @param kinds to choose from; those that so few nodes or workers do not allow are left out
     * @param duration pauses and faults together fill it; what a fault takes to pass comes on top
     */
    public static FaultPlan draw(long seed, List<FaultKind> kinds, int nodes, int workers, Duration duration) {
        List<FaultKind> possible = kinds.stream()
                .distinct()
                .sorted()
                .filter(kind -> kind.isPossibleWith(nodes, workers))
                .toList();
        List<PlannedFault> faults = new ArrayList<>();
        Random random = new Random(seed);
        List<FaultKind> bag = new ArrayList<>();
        Duration filled = Duration.ZERO;
        while (!possible.isEmpty() && filled.compareTo(duration) < 0) {
            if (bag.isEmpty()) {
                bag.addAll(possible);
                Collections.shuffle(bag, random);
            }
            FaultKind kind = bag.removeLast();
            PlannedFault fault = new PlannedFault(
                    faults.size() + 1,
                    between(random, SHORTEST_PAUSE, LONGEST_PAUSE),
                    kind,
                    target(random, kind, nodes, workers),
                    between(random, kind.shortest(), kind.longest()));
            faults.add(fault);
            filled = filled.plus(fault.pause()).plus(fault.length());
        }
        return new FaultPlan(faults);
    }

    private static int target(Random random, FaultKind kind, int nodes, int workers) {
        return switch (kind.victim()) {
            case NODE -> random.nextInt(nodes);
            case WORKER -> random.nextInt(workers);
            case ALL_NODES, NEW_NODE, DATABASE, EVERYTHING -> 0;
        };
    }

    private static Duration between(Random random, Duration shortest, Duration longest) {
        long span = longest.minus(shortest).toMillis();
        return shortest.plusMillis(random.nextLong(span + 1));
    }
}

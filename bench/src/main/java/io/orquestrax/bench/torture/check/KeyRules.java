package io.orquestrax.bench.torture.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two open instances of a definition have the same key. */
final class KeyRules {
    static final String UNIQUE = "A business key has one open instance";

    private final Map<String, List<InstanceEvidence>> byKey = new HashMap<>();

    /** Without its history, which nobody needs here. */
    void add(InstanceEvidence instance) {
        if (instance.key() != null) {
            byKey.computeIfAbsent(instance.definition() + " " + instance.key(), unused -> new ArrayList<>(1))
                    .add(instance.withoutEvents());
        }
    }

    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        byKey.forEach((key, instances) -> {
            for (int left = 0; left < instances.size(); left++) {
                for (int right = left + 1; right < instances.size(); right++) {
                    if (overlap(instances.get(left), instances.get(right))) {
                        violations.add(new Violation(
                                UNIQUE, key, instances.get(left) + " and " + instances.get(right) + " overlap"));
                    }
                }
            }
        });
        return violations;
    }

    private static boolean overlap(InstanceEvidence left, InstanceEvidence right) {
        boolean leftEndsBefore = left.closedAt() != null && !left.closedAt().isAfter(right.startedAt());
        boolean rightEndsBefore = right.closedAt() != null && !right.closedAt().isAfter(left.startedAt());
        return !leftEndsBefore && !rightEndsBefore;
    }
}

package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.check.Tenures.Takeover;
import io.orquestrax.bench.torture.ground.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long partitions stood still when they passed from one process to another.
 *
 * @param fault word of the kind
 * @param phase what had been done last before they passed
 * @param pauses from the last commit of the old owner to the first of the new one, shortest first; at least one
 */
public record FailoverTimes(String fault, String phase, List<Duration> pauses) {

    public FailoverTimes {
        pauses = pauses.stream().sorted().toList();
    }

    static List<FailoverTimes> of(List<FaultTrace> faults, List<Takeover> takeovers) {
        Map<String, List<Duration>> pauses = new TreeMap<>();
        for (FaultTrace fault : faults) {
            for (Takeover takeover : takeovers) {
                if (takeover.claimed().isBefore(fault.began())
                        || takeover.claimed().isAfter(fault.ended())) {
                    continue;
                }
                String phase = phase(fault, takeover.claimed());
                pauses.computeIfAbsent(fault.kind().word() + "\n" + phase, unused -> new ArrayList<>())
                        .add(Duration.between(takeover.lastCommit(), takeover.firstCommit()));
            }
        }
        return pauses.entrySet().stream()
                .map(entry -> {
                    String[] name = entry.getKey().split("\n", 2);
                    return new FailoverTimes(name[0], name[1], entry.getValue());
                })
                .toList();
    }

    private static String phase(FaultTrace fault, Instant claimed) {
        String phase = "";
        for (FaultTrace.Mark mark : fault.marks()) {
            if (!mark.at().isAfter(claimed)) {
                phase = mark.phase();
            }
        }
        return phase;
    }

    /** What the median is to stay below; empty where nothing is promised. */
    public Optional<Duration> goal() {
        return switch (phase) {
            case "killed" -> Optional.of(Duration.ofSeconds(1));
            case "frozen" -> Optional.of(Duration.ofSeconds(4));
            case "joins", "leaves", "is drained", "serves again" -> Optional.of(Duration.ofMillis(500));
            default -> Optional.empty();
        };
    }

    public Duration median() {
        return pauses.get((pauses.size() - 1) / 2);
    }

    /** Of twenty, nineteen were no longer. */
    public Duration percentile95() {
        return pauses.get((int) Math.ceil(pauses.size() * 0.95) - 1);
    }

    public Duration longest() {
        return pauses.getLast();
    }
}

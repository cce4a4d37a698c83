package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.ground.FaultTrace;
import io.orquestrax.bench.torture.load.ClientRecord.FailedCall;
import io.orquestrax.bench.torture.load.ClientRecord.SlowCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients noticed of one kind of fault.
 *
 * @param fault word of the kind
 * @param count how often it was injected
 * @param longestCall the longest that a call took which was made meanwhile, with all its repetitions
 * @param repeated calls that failed and were made again
 */
public record Disruption(String fault, int count, Duration longestCall, long repeated) {

    static List<Disruption> of(List<FaultTrace> faults, List<SlowCall> slowCalls, List<FailedCall> failures) {
        Map<String, List<FaultTrace>> byKind = new TreeMap<>();
        faults.forEach(fault -> byKind.computeIfAbsent(fault.kind().word(), unused -> new ArrayList<>())
                .add(fault));
        return byKind.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), slowCalls, failures))
                .toList();
    }

    private static Disruption of(
            String word, List<FaultTrace> faults, List<SlowCall> slowCalls, List<FailedCall> failures) {
        Duration longest = slowCalls.stream()
                .filter(call -> faults.stream().anyMatch(fault -> fault.contains(call.began())))
                .map(SlowCall::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        long repeated = failures.stream()
                .filter(call -> faults.stream().anyMatch(fault -> fault.contains(call.began())))
                .count();
        return new Disruption(word, faults.size(), longest, repeated);
    }
}

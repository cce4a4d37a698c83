package io.orquestrax.dashboard.functions;

import io.orquestrax.store.function.StoredFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function with its versions, highest first.
 *
 * @param callers how many definitions call it, in whichever version; one that calls two versions counts for both
 */
public record FunctionGroup(List<StoredFunction> versions, int callers) {
    private static final int SHOWN = 3;

    public FunctionGroup {
        versions = List.copyOf(versions);
    }

    /**
     * @param functions by name
     */
    static List<FunctionGroup> of(List<StoredFunction> functions, Map<StoredFunction, Integer> callers) {
        Map<String, List<StoredFunction>> groups = new LinkedHashMap<>();
        for (StoredFunction function : functions) {
            groups.computeIfAbsent(function.name(), name -> new ArrayList<>()).add(function);
        }
        return groups.values().stream()
                .map(versions -> new FunctionGroup(
                        versions,
                        versions.stream()
                                .mapToInt(version -> callers.getOrDefault(version, 0))
                                .sum()))
                .toList();
    }

    /** The highest that can be called, or the highest where none can. */
    public StoredFunction newest() {
        return versions.stream()
                .filter(version -> !version.isRetired())
                .findFirst()
                .orElse(versions.getFirst());
    }

    public List<StoredFunction> shownVersions() {
        return versions.subList(0, Math.min(SHOWN, versions.size()));
    }

    public int hiddenVersions() {
        return Math.max(0, versions.size() - SHOWN);
    }
}

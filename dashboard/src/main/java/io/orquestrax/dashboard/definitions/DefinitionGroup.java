package io.orquestrax.dashboard.definitions;

import io.orquestrax.store.definition.StoredDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A definition with its versions, highest first.
 */
public record DefinitionGroup(List<StoredDefinition> versions) {
    private static final int SHOWN = 3;

    public DefinitionGroup {
        versions = List.copyOf(versions);
    }

    /**
     * @param definitions by namespace and name
     */
    static List<DefinitionGroup> of(List<StoredDefinition> definitions) {
        Map<String, List<StoredDefinition>> groups = new LinkedHashMap<>();
        for (StoredDefinition definition : definitions) {
            groups.computeIfAbsent(
                            definition.id().namespace() + "/" + definition.id().name(), name -> new ArrayList<>())
                    .add(definition);
        }
        return groups.values().stream().map(DefinitionGroup::new).toList();
    }

    public StoredDefinition highest() {
        return versions.getFirst();
    }

    public List<StoredDefinition> shownVersions() {
        return versions.subList(0, Math.min(SHOWN, versions.size()));
    }

    public int hiddenVersions() {
        return Math.max(0, versions.size() - SHOWN);
    }
}

package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.definition.StoredDefinition;
import java.util.List;

/**
 * One version of a definition.
 *
 * @param versions all of them, highest first
 */
public record DefinitionPage(
        StoredDefinition definition, SourceText source, List<StoredDefinition> versions, StartForm form) {

    public DefinitionPage {
        versions = List.copyOf(versions);
    }

    public String startHref() {
        return Address.definition(definition.id()) + "/start";
    }

    public String title() {
        return definition.title().isBlank() ? definition.id().name() : definition.title();
    }
}

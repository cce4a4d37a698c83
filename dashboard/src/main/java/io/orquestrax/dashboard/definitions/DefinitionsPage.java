package io.orquestrax.dashboard.definitions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.Page;
import io.orquestrax.store.definition.StoredDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deployed definitions.
 *
 * @param nextHref null on the last page
 */
public record DefinitionsPage(
        List<DefinitionGroup> groups, @Nullable String nextHref) {

    public DefinitionsPage {
        groups = List.copyOf(groups);
    }

    public static DefinitionsPage of(Page<StoredDefinition> definitions) {
        String next = definitions.nextToken();
        return new DefinitionsPage(
                DefinitionGroup.of(definitions.items()),
                next == null
                        ? null
                        : Address.of("/definitions").with("page", next).toString());
    }
}

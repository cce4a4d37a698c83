package io.orquestrax.dashboard.functions;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.store.Page;
import io.orquestrax.store.function.StoredFunction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the default catalog.
 *
 * @param nextHref null on the last page
 */
public record FunctionsPage(
        List<FunctionGroup> groups, @Nullable String nextHref) {

    public FunctionsPage {
        groups = List.copyOf(groups);
    }

    public static FunctionsPage of(Page<StoredFunction> functions, Map<StoredFunction, Integer> callers) {
        String next = functions.nextToken();
        return new FunctionsPage(
                FunctionGroup.of(functions.items(), callers),
                next == null
                        ? null
                        : Address.of("/functions").with("page", next).toString());
    }
}

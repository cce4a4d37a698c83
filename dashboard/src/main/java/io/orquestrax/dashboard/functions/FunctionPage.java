package io.orquestrax.dashboard.functions;

import com.fasterxml.jackson.databind.node.TextNode;
import io.orquestrax.dashboard.definitions.SourceText;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.Mark;
import io.orquestrax.dashboard.page.ShortText;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.engine.Status;
import io.orquestrax.store.function.StoredFunction;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One version of a function.
 *
 * @param versions all of them, highest first
 * @param callers definitions that call this version, at most {@link #MOST_CALLERS}
 */
public record FunctionPage(
        StoredFunction function,
        List<StoredFunction> versions,
        List<DefinitionId> callers,
        List<Parameter> parameters) {
    static final int MOST_CALLERS = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    public FunctionPage {
        versions = List.copyOf(versions);
        callers = List.copyOf(callers);
        parameters = List.copyOf(parameters);
    }

    public SourceText source() {
        return new SourceText(function.source());
    }

    public Mark mark() {
        return function.isRetired() ? new Mark(Status.CANCELLED, "retired") : new Mark(Status.COMPLETED, "callable");
    }

    public String sentence() {
        return function.isRetired()
                ? "New definitions cannot call it; those that are deployed keep their copy."
                : "A deployed version never changes; definitions keep a copy of what they call.";
    }

    /** As workflows write it. */
    public String call() {
        return function.name() + ":" + function.version() + "@default";
    }

    /** A task that calls it. */
    public String example() {
        StringBuilder text = new StringBuilder("- ").append(function.name().replaceAll("[^A-Za-z0-9_-]", "-"));
        text.append(":\n    call: ").append(call());
        if (!parameters.isEmpty()) {
            text.append("\n    with:");
        }
        for (Parameter parameter : parameters) {
            String name = PLAIN.matcher(parameter.name()).matches()
                    ? parameter.name()
                    : Json.write(TextNode.valueOf(parameter.name()));
            text.append("\n      ").append(name).append(": ").append(parameter.example());
        }
        return text.append('\n').toString();
    }

    public String retireHref() {
        return Address.function(function) + "/retire";
    }

    /** Where another version of it is written, beginning with this one's source. */
    public String nextHref() {
        return Address.of("/functions/new")
                .with("name", function.name())
                .with("version", function.version())
                .toString();
    }

    /** What retiring it does to how many. */
    public String retiring() {
        String keep = callers.isEmpty()
                ? "No definition calls it."
                : ShortText.count(callers.size(), "definition")
                        + (callers.size() == 1 ? " that calls it keeps its" : " that call it keep their")
                        + " copy, and running instances go on.";
        return keep + " No new definition can call it, until the same content is deployed once more.";
    }
}

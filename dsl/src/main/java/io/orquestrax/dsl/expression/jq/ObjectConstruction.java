package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code {name: value, …}}: an object for each combination of what the members' expressions make. */
record ObjectConstruction(List<Member> members) implements Filter {

    /** Both are evaluated on the input of the construction. */
    record Member(Filter name, Filter value) {}

    /** The members so far, the last first. */
    private record Chain(
            String name, JsonNode value, @Nullable Chain before) {}

    @Override
    public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        environment.budget().enter();
        add(environment, in, 0, null, path, output);
        environment.budget().leave();
    }

    private void add(
            Environment environment,
            JsonNode in,
            int index,
            @Nullable Chain chain,
            @Nullable Path path,
            Output output) {
        Budget budget = environment.budget();
        if (index == members.size()) {
            budget.work(members.size());
            output.emit(object(chain), Path.nowhere(path));
            return;
        }
        Member member = members.get(index);
        member.name().values(environment, in, name -> {
            String text = name(name);
            member.value().values(environment, in, value -> {
                budget.step();
                add(environment, in, index + 1, new Chain(text, value, chain), path, output);
            });
        });
    }

    /** Of a member. */
    static String name(JsonNode name) {
        if (!name.isTextual()) {
            throw new Failure("Object keys must be strings, not " + Shown.typed(name));
        }
        return name.textValue();
    }

    private static ObjectNode object(@Nullable Chain last) {
        Deque<Chain> inOrder = new ArrayDeque<>();
        for (Chain each = last; each != null; each = each.before()) {
            inOrder.push(each);
        }
        ObjectNode object = Json.NODES.objectNode();
        inOrder.forEach(each -> object.set(each.name(), each.value()));
        return object;
    }
}

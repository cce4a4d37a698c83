package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.orquestrax.dsl.json.Json;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeComparator;
import net.thisptr.jackson.jq.internal.misc.PathUtils;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.path.Path;
import net.thisptr.jackson.jq.path.RootPath;
import org.jspecify.annotations.Nullable;

/**
 * {@code paths = value}, {@code paths += value} and their like; each item that a write makes an array longer by is a
 * step of the evaluation.
 *
 * @param operator absent where the value itself is written
 */
record Assignment(
        Expression paths, Expression value, @Nullable BinaryOperator operator) implements Expression {

    @Override
    public void apply(Scope scope, JsonNode in, @Nullable Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        value.apply(scope, in, operand -> {
            JsonNode written = in;
            for (Path target : targets(scope, in)) {
                written = write(written, target, old -> changed(old, operand));
            }
            output.emit(written, null);
        });
    }

    private JsonNode changed(@Nullable JsonNode old, JsonNode operand) throws JsonQueryException {
        return operator == null
                ? operand
                : operator.apply(NativeFunctions.MAPPER, old == null ? Json.NODES.nullNode() : old, operand);
    }

    private List<Path> targets(Scope scope, JsonNode in) throws JsonQueryException {
        List<Path> targets = new ArrayList<>();
        paths.apply(
                scope,
                in,
                RootPath.getInstance(),
                (found, path) -> {
                    if (path != null) {
                        targets.add(path);
                    } else if (in.isValueNode()
                            && JsonNodeComparator.getInstance().compare(in, found) == 0) {
                        targets.add(RootPath.getInstance());
                    } else {
                        throw new JsonQueryException("Invalid path expression with result %s", Json.write(found));
                    }
                },
                true);
        return targets;
    }

    /** The builtin {@code setpath}. */
    static void setPath(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        arguments
                .get(1)
                .apply(
                        scope,
                        in,
                        written -> arguments.get(0).apply(scope, in, names -> {
                            Path target = PathUtils.toPath(names);
                            output.emit(write(in, target, old -> written), target);
                        }));
    }

    private static JsonNode write(JsonNode in, Path target, Path.Mutation change) throws JsonQueryException {
        ArrayNode names = Json.NODES.arrayNode();
        target.toJsonNode(names);
        JsonNode container = in;
        for (JsonNode name : names) {
            if (name.isNumber()) {
                Budget.lengthen(name.doubleValue() - container.size());
                container = container.path(name.asInt() < 0 ? name.asInt() + container.size() : name.asInt());
            } else if (name.isTextual()) {
                container = container.path(name.textValue());
            }
        }
        return target.mutate(in, change);
    }
}

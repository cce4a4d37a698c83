package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A filter that makes exactly one value of any, if it does not fail; it needs no output, and so no stack for what follows. */
interface Single extends Filter {

    JsonNode one(Environment environment, JsonNode in);

    @Override
    default void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
        output.emit(one(environment, in), Path.nowhere(path));
    }

    @Override
    default void values(Environment environment, JsonNode in, Consumer<JsonNode> output) {
        output.accept(one(environment, in));
    }

    static boolean areAll(List<? extends Filter> filters) {
        return filters.stream().allMatch(Single.class::isInstance);
    }

    /** {@code first | second}. */
    static Filter pipe(Filter first, Filter second) {
        return first instanceof Single one && second instanceof Single other
                ? new Pipe(one, other)
                : new Basics.Pipe(first, second);
    }

    /** {@code left + right} and its like. */
    static Filter binary(Filter left, Filter right, Operator operator) {
        return left instanceof Single one && right instanceof Single other
                ? new Binary(one, other, operator)
                : new Basics.Binary(left, right, operator);
    }

    /** {@code target[key]}. */
    static Filter index(Filter target, Filter key) {
        return target instanceof Single one && key instanceof Single other
                ? new Index(one, other)
                : new Access.Index(target, key);
    }

    /** Of a function in Java. */
    static Filter call(NativeFunction function, List<Filter> arguments) {
        return function instanceof NativeFunction.Pure pure && areAll(arguments)
                ? new Call(pure, arguments.stream().map(Single.class::cast).toList())
                : new io.orquestrax.dsl.expression.jq.Call.OfNative(function, arguments);
    }

    /** {@code if condition then consequence else alternative end}. */
    static Filter conditional(Filter condition, Filter consequence, Filter alternative) {
        return condition instanceof Single test
                        && consequence instanceof Single one
                        && alternative instanceof Single other
                ? new Conditional(test, one, other)
                : new Basics.Conditional(condition, consequence, alternative);
    }

    /** {@code and}, {@code or}. */
    static Filter junction(Filter left, Filter right, boolean isOr) {
        return left instanceof Single one && right instanceof Single other
                ? new Junction(one, other, isOr)
                : new Basics.Junction(left, right, isOr);
    }

    /** {@code {name: value, …}}. */
    static Filter object(List<ObjectConstruction.Member> members) {
        boolean isSingle = members.stream()
                .allMatch(member -> member.name() instanceof Single && member.value() instanceof Single);
        return isSingle ? new Construction(members) : new ObjectConstruction(members);
    }

    /** {@link Basics.Pipe} of two. */
    record Pipe(Single first, Single second) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            return second.one(environment, first.one(environment, in));
        }

        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            if (path == null) {
                output.emit(one(environment, in), null);
            } else {
                first.run(
                        environment, in, path, (value, valuePath) -> second.run(environment, value, valuePath, output));
            }
        }
    }

    /** {@link Basics.Binary} of two. */
    record Binary(Single left, Single right, Operator operator) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            environment.budget().step();
            JsonNode second = right.one(environment, in);
            return operator.apply(environment.budget(), left.one(environment, in), second);
        }
    }

    /** {@link Access.Index} of two. */
    record Index(Single target, Single key) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            environment.budget().step();
            JsonNode container = target.one(environment, in);
            return Elements.get(environment.budget(), container, key.one(environment, in));
        }

        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            if (path == null) {
                output.emit(one(environment, in), null);
            } else {
                new Access.Index(target, key).run(environment, in, path, output);
            }
        }
    }

    /** {@link io.orquestrax.dsl.expression.jq.Call.OfNative} with such arguments. */
    record Call(NativeFunction.Pure function, List<Single> arguments) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            environment.budget().step();
            List<JsonNode> values = arguments.isEmpty()
                    ? List.of()
                    : arguments.stream().map(each -> each.one(environment, in)).toList();
            return function.apply(environment.budget(), in, values);
        }
    }

    /** {@link Basics.Conditional} of three. */
    record Conditional(Single condition, Single consequence, Single alternative) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            return chosen(environment, in).one(environment, in);
        }

        @Override
        public void run(Environment environment, JsonNode in, @Nullable Path path, Output output) {
            chosen(environment, in).run(environment, in, path, output);
        }

        private Single chosen(Environment environment, JsonNode in) {
            environment.budget().step();
            return Basics.isTrue(condition.one(environment, in)) ? consequence : alternative;
        }
    }

    /** {@link Basics.Junction} of two. */
    record Junction(Single left, Single right, boolean isOr) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            environment.budget().step();
            boolean isDecided = Basics.isTrue(left.one(environment, in)) == isOr;
            return Json.NODES.booleanNode(isDecided ? isOr : Basics.isTrue(right.one(environment, in)));
        }
    }

    /** {@link ObjectConstruction} of such members. */
    record Construction(List<ObjectConstruction.Member> members) implements Single {
        @Override
        public JsonNode one(Environment environment, JsonNode in) {
            environment.budget().work(members.size());
            ObjectNode object = Json.NODES.objectNode();
            for (ObjectConstruction.Member member : members) {
                environment.budget().step();
                member.name()
                        .values(
                                environment,
                                in,
                                name -> member.value()
                                        .values(
                                                environment,
                                                in,
                                                value -> object.set(ObjectConstruction.name(name), value)));
            }
            return object;
        }
    }
}

package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code call}: a protocol that a connector speaks, a function of {@code use.functions}, of a catalog or at a URL, or a
 * function that workers serve; the name of the first and the last is the job's type.
 */
record CallKind(
        Expressions expressions,
        Functions functions,
        ConnectorCalls connectors,
        ForeachReader foreach,
        TaskReader tasks)
        implements TaskKind {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");

    @Override
    public String key() {
        return "call";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part call = fields.required("call", "the name of a function").orElseThrow();
        fields.belongUnder("with", "method", "endpoint", "headers", "query", "body", "redirect", "document", "proto");
        fields.belongUnder("with", "operationId", "parameters", "arguments", "authentication");
        String name = call.text("a text with the name of a function").orElse("");
        if ((functions.has(name) || Catalogs.isOutside(name)) && !isProtocol(name)) {
            Template arguments = arguments(fields.optional("with"), scope);
            return new FunctionTask(common, arguments, functions.body(call, name, tasks));
        }
        Template arguments = ConnectorCalls.PROTOCOLS.contains(name)
                ? connectors.arguments(name, fields, scope.names())
                : argumentsOfWorker(call, name, fields.optional("with"), scope);
        JobLimits limits = JobLimitsReader.read(fields.optional("metadata"));
        Part subscription = fields.part().member("with").member("subscription");
        if (name.equals("asyncapi") && subscription.value().has("foreach")) {
            return subscription(subscription, common, arguments, limits, scope);
        }
        return new CallTask(common, name, arguments, limits);
    }

    /** Jobs bring the messages, and are a call of their own. */
    private Task subscription(Part part, TaskCommon common, Template arguments, JobLimits limits, TaskScope scope) {
        Part consume = part.member("consume");
        TaskCommon fetching = new TaskCommon(
                common.name(),
                consume.pointer(),
                0,
                null,
                InputSpec.NONE,
                OutputSpec.NONE,
                ExportSpec.NONE,
                null,
                Directive.CONTINUE,
                common.definition());
        CallTask fetch = new CallTask(fetching, "asyncapi", Template.of(ExpressionCompiler.IDENTITY), limits);
        return new SubscriptionTask(
                common,
                arguments,
                new TaskList(part.pointer(), List.of(fetch)),
                condition(consume, "while", scope),
                condition(consume, "until", scope),
                foreach.read(part.member("foreach"), common, "with/subscription/foreach", scope.names()));
    }

    private @Nullable Expression condition(Part consume, String name, TaskScope scope) {
        return consume.value().has(name)
                ? expressions.always(consume.member(name), scope.names(), Moment.DEFINITION)
                : null;
    }

    static boolean isProtocol(String name) {
        return ConnectorCalls.PROTOCOLS.contains(name);
    }

    private Template argumentsOfWorker(Part call, String name, Optional<Part> with, TaskScope scope) {
        if (call.value().isTextual() && !NAME.matcher(name).matches()) {
            call.invalid("Expected the name of a function, of letters, digits, '.', '_', '/' and '-', at most 128 of"
                    + " them, but found " + call.found());
        } else {
            warnOfSimilarNames(call, name);
        }
        return arguments(with, scope);
    }

    private void warnOfSimilarNames(Part call, String name) {
        Set<String> known = new LinkedHashSet<>(functions.names());
        known.addAll(ConnectorCalls.PROTOCOLS);
        String hint = NearMiss.hint(name, known);
        if (!hint.isEmpty()) {
            call.report()
                    .warningAtValue(
                            call.pointer(),
                            ProblemCode.SIMILAR_NAME,
                            "Expected a protocol such as http, a function of \"use.functions\", or one that workers serve, and"
                                    + " took \"" + name + "\" for the last" + hint);
        }
    }

    private Template arguments(Optional<Part> with, TaskScope scope) {
        if (with.isEmpty()) {
            return Template.of(ExpressionCompiler.IDENTITY);
        }
        if (!with.get().value().isObject()) {
            with.get().wrongType("an object with the function's arguments");
        }
        return expressions.value(with.get(), scope.names(), Moment.DEFINITION);
    }
}

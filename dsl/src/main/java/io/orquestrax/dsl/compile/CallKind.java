package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code call}: a function that workers serve, its name is the job's type. */
record CallKind(Expressions expressions) implements TaskKind {
    private static final Set<String> PROTOCOLS = Set.of("http", "grpc", "openapi", "asyncapi", "a2a", "mcp");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");
    private static final int HIGHEST_PRIORITY = 9;

    @Override
    public String key() {
        return "call";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part call = fields.required("call", "the name of a function").orElseThrow();
        String function = call.text("a text with the name of a function")
                .map(name -> checked(call, name))
                .orElse("");
        Template arguments = fields.optional("with")
                .filter(with -> !PROTOCOLS.contains(function))
                .map(with -> arguments(with, scope))
                .orElse(Template.of(ExpressionCompiler.IDENTITY));
        JobLimits limits = fields.optional("metadata")
                .filter(metadata -> metadata.value().has("job"))
                .map(metadata -> limits(metadata.member("job")))
                .orElse(JobLimits.NONE);
        return new CallTask(common, function, arguments, limits);
    }

    private static String checked(Part call, String name) {
        if (PROTOCOLS.contains(name)) {
            notSupportedYet(call, "the protocol \"" + name + "\"");
        } else if (name.contains("://")) {
            notSupportedYet(call, "a function at a URL");
        } else if (name.contains("@")) {
            notSupportedYet(call, "a function of a catalog");
        } else if (!NAME.matcher(name).matches()) {
            call.invalid("Expected the name of a function, of letters, digits, '.', '_', '/' and '-', at most 128 of"
                    + " them, but found " + call.found());
        }
        return name;
    }

    private static void notSupportedYet(Part call, String what) {
        call.report()
                .errorAtValue(
                        call.pointer(),
                        ProblemCode.NOT_SUPPORTED_YET,
                        "Expected the name of a function that workers serve, but found " + what
                                + ", which this version does not support yet");
    }

    private Template arguments(Part with, TaskScope scope) {
        if (!with.value().isObject()) {
            with.wrongType("an object with the function's arguments");
        }
        return expressions.value(with, scope.names(), Moment.DEFINITION);
    }

    private static JobLimits limits(Part job) {
        Fields fields = job.fields("an object with waiting, running, heartbeat, total or priority");
        Duration waiting = limit(fields, "waiting");
        Duration running = limit(fields, "running");
        Duration heartbeat = limit(fields, "heartbeat");
        Duration total = limit(fields, "total");
        Optional<Part> priority = fields.optional("priority");
        fields.finish();
        return new JobLimits(
                waiting,
                running,
                heartbeat,
                total,
                priority.map(each -> each.integer("a whole number from 0 to 9", 0, HIGHEST_PRIORITY)
                                .orElse(JobLimits.DEFAULT_PRIORITY))
                        .orElse(JobLimits.DEFAULT_PRIORITY));
    }

    private static @Nullable Duration limit(Fields fields, String name) {
        Optional<Part> part = fields.optional(name);
        if (part.isEmpty()) {
            return null;
        }
        Duration limit = DurationReader.fixed(part.get());
        return limit;
    }
}

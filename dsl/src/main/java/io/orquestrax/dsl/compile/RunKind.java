package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.DetachedProcess;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.List;
import java.util.Optional;

/** {@code run}: another workflow, or a process outside of the platform. */
record RunKind(Expressions expressions, ProcessRuns processes) implements TaskKind {
    private static final String EXPECTED = "an object with one of workflow, container, script and shell";
    private static final String WORKFLOW = "workflow";
    private static final List<String> RETURNS = List.of("stdout", "stderr", "code", "all", "none");

    @Override
    public String key() {
        return "run";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part part = fields.required("run", EXPECTED).orElseThrow();
        Fields run = part.fields(EXPECTED);
        fields.belongUnder("run", WORKFLOW, "container", "script", "shell", "await", "return");
        run.belongUnder(WORKFLOW, "namespace", "name", "version", "input");
        run.belongUnder("shell", "command");
        run.belongUnder("script", "language", "code", "source");
        run.belongUnder("container", "image", "ports", "volumes", "lifetime", "pullPolicy");
        boolean isAwaited = run.optional("await")
                .flatMap(each -> each.truth("true or false"))
                .orElse(true);
        Optional<String> returned = run.optional("return").flatMap(each -> each.word(RETURNS));
        List<String> found = run.names().stream()
                .filter(each -> each.equals(WORKFLOW) || ProcessRuns.KINDS.contains(each))
                .toList();
        found.forEach(run::optional);
        if (found.size() > 1) {
            Part second = part.member(found.get(1));
            second.report()
                    .errorAtKey(
                            second.pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected one thing to run, but found " + String.join(" and ", found));
        }
        String kind = found.isEmpty() ? WORKFLOW : found.getFirst();
        Optional<Part> described = found.isEmpty()
                ? run.required(meant(run), "or another of the things that can be run")
                : run.optional(kind);
        run.finish();
        return described
                .map(each -> kind.equals(WORKFLOW)
                        ? workflow(each, common, scope, isAwaited)
                        : isAwaited
                                ? process(kind, each, returned, fields, common, scope)
                                : detached(kind, each, returned, fields, common, scope))
                .orElseGet(() ->
                        new RunWorkflowTask(common, "", "", null, Template.of(ExpressionCompiler.NULL), isAwaited));
    }

    /** What the members belong to that stand one level too high. */
    private static String meant(Fields run) {
        if (run.has("command")) {
            return "shell";
        }
        if (run.has("code") || run.has("source")) {
            return "script";
        }
        return run.has("image") ? "container" : WORKFLOW;
    }

    private Task process(
            String kind, Part part, Optional<String> returned, Fields task, TaskCommon common, TaskScope scope) {
        return new RunProcessTask(
                common,
                kind,
                processes.arguments(kind, part, returned, scope.names()),
                JobLimitsReader.read(task.optional("metadata")));
    }

    /** Nobody waits for it, so that it is an instance of its own. */
    private Task detached(
            String kind, Part part, Optional<String> returned, Fields task, TaskCommon common, TaskScope scope) {
        Optional<Part> metadata = task.optional("metadata");
        if (!JobLimitsReader.read(metadata).equals(JobLimits.NONE)) {
            Part job = metadata.orElseThrow().member("job");
            job.report()
                    .warningAtKey(
                            job.pointer(),
                            ProblemCode.INEFFECTIVE_LIMITS,
                            "Expected limits of a job that the task waits for, but it waits for none: the " + kind
                                    + " runs without these limits, within those of the operator");
        }
        DefinitionId own = new DetachedProcess(kind).id();
        Template input = processes.arguments(kind, part, returned, scope.names());
        return new RunWorkflowTask(common, own.namespace(), own.name(), own.version(), input, false);
    }

    private Task workflow(Part part, TaskCommon common, TaskScope scope, boolean await) {
        Fields fields = part.fields("an object with namespace, name and version");
        String namespace = DocumentHeader.label(fields, "namespace", "of the workflow to run");
        String name = DocumentHeader.label(fields, "name", "of the workflow to run");
        Optional<String> version = fields.required("version", "of the workflow to run, latest or 1.0.0 for example")
                .flatMap(RunKind::version);
        Template input = fields.optional("input")
                .map(each -> input(each, scope))
                .orElse(Template.of(ExpressionCompiler.IDENTITY));
        fields.finish();
        return new RunWorkflowTask(common, namespace, name, version.orElse(null), input, await);
    }

    private static Optional<String> version(Part part) {
        return part.value().asText().equals("latest") ? Optional.empty() : Optional.of(DocumentHeader.version(part));
    }

    private Template input(Part part, TaskScope scope) {
        boolean isExpression = part.value().isTextual()
                && ExpressionSyntax.isWrapped(part.value().textValue());
        if (!part.value().isObject() && !isExpression) {
            part.wrongType("an object, or an expression in ${ }");
        }
        return expressions.value(part, scope.names(), Moment.DEFINITION);
    }
}

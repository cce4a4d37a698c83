package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TaskCommon;
import java.util.List;
import java.util.Optional;

/** {@code run}: another workflow. */
record RunKind(Expressions expressions) implements TaskKind {
    private static final String EXPECTED = "an object with workflow";
    private static final List<String> PROCESSES = List.of("container", "script", "shell");
    private static final List<String> RETURNS = List.of("stdout", "stderr", "code", "all", "none");

    @Override
    public String key() {
        return "run";
    }

    @Override
    public Task read(Fields fields, TaskCommon common, TaskScope scope) {
        Part part = fields.required("run", EXPECTED).orElseThrow();
        Fields run = part.fields(EXPECTED);
        fields.belongUnder("run", "workflow", "container", "script", "shell", "await", "return");
        run.belongUnder("workflow", "namespace", "name", "version", "input");
        boolean await = run.optional("await")
                .flatMap(each -> each.truth("true or false"))
                .orElse(true);
        run.optional("return").ifPresent(each -> each.word(RETURNS));
        List<String> found = run.names().stream()
                .filter(each -> each.equals("workflow") || PROCESSES.contains(each))
                .toList();
        run.notSupportedYet(PROCESSES.toArray(String[]::new));
        Optional<Part> workflow =
                found.isEmpty() ? run.required("workflow", "which workflow to run") : run.optional("workflow");
        if (found.size() > 1) {
            part.member(found.get(1))
                    .report()
                    .errorAtKey(
                            part.member(found.get(1)).pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected one thing to run, but found " + String.join(" and ", found));
        }
        run.finish();
        return workflow.map(each -> workflow(each, common, scope, await))
                .orElseGet(
                        () -> new RunWorkflowTask(common, "", "", null, Template.of(ExpressionCompiler.NULL), await));
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

package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.source.SourceDocument;
import io.orquestrax.dsl.source.SourceProblem;
import java.util.List;
import java.util.Optional;

/** Compiles the tree of a document: its outermost object. */
public final class PlanCompiler {
    private final TaskLists lists;
    private final DataFlow dataFlow;
    private final Timeouts timeouts;

    public PlanCompiler(ExpressionCompiler compiler) {
        Expressions expressions = new Expressions(compiler);
        this.lists = new TaskLists(expressions);
        this.dataFlow = new DataFlow(expressions);
        this.timeouts = new Timeouts(new DurationReader(expressions));
    }

    /**
     * @param earlier what is wrong with the text already
     * @param contentHash of the text
     */
    public Compilation compile(SourceDocument document, List<SourceProblem> earlier, String contentHash) {
        Report report = new Report(document);
        earlier.forEach(report::add);
        Plan plan = plan(new Part(report, "", document.root()), contentHash);
        return new Compilation(report.hasErrors() ? null : plan, report.problems());
    }

    private Plan plan(Part root, String contentHash) {
        Fields fields = root.fields("a workflow, an object with document and do");
        DocumentHeader header =
                DocumentHeader.read(fields.required("document", "which says what the workflow is called"));
        InputSpec input = dataFlow.input(fields.optional("input"), VisibleNames.NONE, Moment.WORKFLOW_INPUT);
        TaskList tasks = fields.required("do", TaskLists.EXPECTED)
                .map(each -> lists.read(each, VisibleNames.NONE))
                .orElse(new TaskList("/do", List.of()));
        Optional<DurationSpec> timeout = fields.optional("timeout")
                .flatMap(each -> timeouts.read(each, VisibleNames.NONE, Moment.WORKFLOW_INPUT));
        OutputSpec output = dataFlow.output(fields.optional("output"), VisibleNames.NONE, Moment.WORKFLOW_OUTPUT);
        fields.notSupportedYet("use", "schedule", "evaluate", "extensions");
        fields.finish();
        return Plan.of(
                header.id(),
                contentHash,
                header.title(),
                header.summary(),
                root.value(),
                input,
                output,
                timeout.orElse(null),
                null,
                tasks);
    }
}

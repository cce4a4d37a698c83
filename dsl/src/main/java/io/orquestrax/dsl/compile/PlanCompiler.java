package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.schema.SchemaCompiler;
import io.orquestrax.dsl.source.SourceDocument;
import io.orquestrax.dsl.source.SourceProblem;
import java.util.List;

/** Compiles the tree of a document; safe for use by many threads. */
public final class PlanCompiler {
    private static final String REFERENCE = ProblemCode.UNKNOWN_REFERENCE.text();

    private final ExpressionCompiler expressions;
    private final SchemaCompiler schemas = new SchemaCompiler();

    public PlanCompiler(ExpressionCompiler expressions) {
        this.expressions = expressions;
    }

    /**
     * @param earlier what is wrong with the text already
     * @param contentHash of the text
     * @param resources that the document may refer to
     */
    public Compilation compile(
            SourceDocument document, List<SourceProblem> earlier, String contentHash, ExternalResources resources) {
        Report report = new Report(document);
        earlier.forEach(report::add);
        Plan plan = new PlanReader(expressions, schemas, resources)
                .read(new Part(report, "", document.root()), contentHash);
        return new Compilation(report.hasErrors() ? null : plan, report.problems());
    }

    /** Of a task that stands alone. */
    public List<Problem> problemsOfFunction(SourceDocument document, List<SourceProblem> earlier) {
        Report report = new Report(document);
        earlier.forEach(report::add);
        new PlanReader(expressions, schemas, ExternalResources.NOWHERE)
                .checkFunction(new Part(report, "", document.root()));
        return report.problems().stream()
                .filter(problem -> !problem.code().equals(REFERENCE))
                .toList();
    }
}

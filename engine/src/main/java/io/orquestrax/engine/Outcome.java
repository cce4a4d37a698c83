package io.orquestrax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Task;
import org.jspecify.annotations.Nullable;

/**
 * A transformed output, and the new context where there is one.
 *
 * @param context null where it stays
 */
record Outcome(JsonNode output, @Nullable JsonNode context) {

    /**
     * @throws TaskFailure where a transformation fails, or its result is not valid
     */
    static Outcome of(Task task, JsonNode rawOutput, Variables before) {
        OutputSpec output = task.common().output();
        ExportSpec export = task.common().export();
        boolean isTransformed = output.as() != null || export.as() != null;
        Variables variables = isTransformed ? Scope.withRawOutput(task, before, rawOutput) : before;
        return of("", output, export, rawOutput, variables);
    }

    /**
     * @param where what comes before the names of the parts
     */
    static Outcome of(String where, OutputSpec output, ExportSpec export, JsonNode rawOutput, Variables variables) {
        JsonNode transformed = Evaluation.transformed(where + "output.as", output.as(), rawOutput, variables);
        Evaluation.validate(where + "output", output.schema(), transformed, variables);
        Template as = export.as();
        if (as == null) {
            return new Outcome(transformed, null);
        }
        JsonNode context =
                Evaluation.value(where + "export.as", as, transformed, variables.with("output", transformed));
        Evaluation.validate("exported context", export.schema(), context, variables);
        return new Outcome(transformed, context);
    }
}

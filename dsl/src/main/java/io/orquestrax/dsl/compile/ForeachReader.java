package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.plan.ExportSpec;
import io.orquestrax.dsl.plan.ForeachSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.TaskCommon;
import io.orquestrax.dsl.plan.TaskList;

/** Reads what is done with each event, or with each message. */
record ForeachReader(DataFlow dataFlow, TaskLists lists) {

    /**
     * @param owner the task that takes them
     * @param property where it stands in the task
     */
    ForeachSpec read(Part part, TaskCommon owner, String property, VisibleNames around) {
        Fields fields = part.fields("an object with item, at, do, output or export");
        IterationNames variables = IterationNames.read(fields, "item");
        VisibleNames names = around.with(variables.item()).with(variables.at());
        TaskList tasks = fields.optional("do")
                .map(each -> lists.read(each, names))
                .orElse(TaskLists.none(owner, property + "/do"));
        OutputSpec output = dataFlow.output(fields.optional("output"), names, Moment.DEFINITION);
        ExportSpec export = dataFlow.export(fields.optional("export"), names);
        fields.finish();
        return new ForeachSpec(variables.item(), variables.at(), tasks, output, export);
    }
}

package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.plan.DurationSpec;
import io.orquestrax.dsl.plan.InputSpec;
import io.orquestrax.dsl.plan.OutputSpec;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.ScheduleSpec;
import io.orquestrax.dsl.plan.TaskList;
import io.orquestrax.dsl.schema.SchemaCompiler;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one document: its outermost object. */
record PlanReader(ExpressionCompiler compiler, SchemaCompiler schemas, ExternalResources resources) {

    Plan read(Part root, String contentHash) {
        Fields fields = root.fields("a workflow, an object with document and do");
        fields.belongUnder("document", "dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata");
        fields.belongUnder("use", "authentications", "catalogs", "errors", "extensions", "functions", "retries");
        fields.belongUnder("use", "secrets", "timeouts");
        fields.belongUnder("schedule", "every", "cron", "after", "on");
        DocumentHeader header =
                DocumentHeader.read(fields.required("document", "which says what the workflow is called"));
        Definitions definitions = Definitions.read(fields.optional("use"));
        Readers readers = Readers.of(expressions(fields, definitions), schemas, resources, definitions);
        TaskLists lists = lists(readers, definitions);
        InputSpec input = readers.dataFlow().input(fields.optional("input"), VisibleNames.NONE, Moment.WORKFLOW_INPUT);
        TaskList tasks = fields.required("do", TaskLists.EXPECTED)
                .map(each -> lists.read(each, VisibleNames.NONE))
                .orElse(new TaskList("/do", List.of()));
        Optional<DurationSpec> timeout = fields.optional("timeout")
                .flatMap(each -> readers.timeouts().read(each, VisibleNames.NONE, Moment.WORKFLOW_INPUT));
        OutputSpec output =
                readers.dataFlow().output(fields.optional("output"), VisibleNames.NONE, Moment.WORKFLOW_OUTPUT);
        readers.checkUnused(lists.tasks());
        if (!root.report().hasUnreadTasks()) {
            definitions.warnOfUnused();
        }
        Optional<ScheduleSpec> schedule = fields.optional("schedule")
                .map(each -> new ScheduleReader(readers.strategies()).read(each, root.value()));
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
                schedule.orElse(null),
                tasks);
    }

    /** Records what is wrong with a task that stands alone. */
    void checkFunction(Part root) {
        Definitions definitions = Definitions.read(Optional.empty());
        Readers readers = Readers.of(new Expressions(compiler, definitions, false), schemas, resources, definitions);
        new TaskLists(readers, Extensions.NONE)
                .tasks()
                .read(root, "function", 0, new TaskScope(VisibleNames.NONE, Set.of(), false));
    }

    /** Extensions come first: the functions that they call are theirs, and are not extended. */
    private static TaskLists lists(Readers readers, Definitions definitions) {
        TaskLists ofExtensions = new TaskLists(readers, Extensions.NONE);
        Extensions extensions = Extensions.read(definitions.extensions(), readers.expressions(), ofExtensions);
        return new TaskLists(readers, extensions);
    }

    private Expressions expressions(Fields root, Definitions definitions) {
        boolean isLoose = root.optional("evaluate").map(PlanReader::isLoose).orElse(false);
        return new Expressions(compiler, definitions, isLoose);
    }

    private static boolean isLoose(Part evaluate) {
        Fields fields = evaluate.fields("an object with language or mode");
        fields.optional("language").ifPresent(PlanReader::checkLanguage);
        Optional<String> mode = fields.optional("mode").flatMap(each -> each.word(List.of("strict", "loose")));
        fields.finish();
        return mode.filter("loose"::equals).isPresent();
    }

    private static void checkLanguage(Part language) {
        Optional<String> name = language.text("a text with the name of a language, \"jq\"");
        if (name.isPresent() && !name.get().equals("jq")) {
            language.invalid("Expected the language \"jq\", the only one that is known, but found " + language.found());
        }
    }
}

package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.DetachedProcess;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.Location;
import io.orquestrax.dsl.source.SourceDocument;
import io.orquestrax.server.connector.Connectors;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells of tasks whose connector nobody may use, or nobody runs at the moment.
 *
 * @param isServed whether any worker takes jobs of a type
 */
record ConnectorChecks(List<String> refused, Predicate<String> isServed) {
    static final String REFUSED = "connector-refused";
    static final String NOT_SERVED = "connector-not-served";

    /** Where a task says what it uses. */
    private record Use(String type, String pointer) {}

    /** Warnings, in the order of the text. */
    List<Problem> warnings(String text, Plan plan) {
        List<Use> uses = plan.byPointer().entrySet().stream()
                .flatMap(each -> use(each).stream())
                .filter(use -> refused.contains(use.type()) || !isServed.test(use.type()))
                .toList();
        if (uses.isEmpty()) {
            return List.of();
        }
        SourceDocument document = DocumentReader.read(text).document().orElseThrow();
        List<Problem> warnings = new ArrayList<>();
        for (Use use : uses) {
            Location place = document.key(use.pointer());
            warnings.add(new Problem(
                    refused.contains(use.type()) ? REFUSED : NOT_SERVED,
                    message(use.type()),
                    use.pointer(),
                    place.line(),
                    place.column(),
                    Problem.Severity.WARNING));
        }
        return warnings.stream()
                .sorted(Comparator.comparingInt(Problem::line)
                        .thenComparingInt(Problem::column)
                        .thenComparing(Problem::pointer))
                .toList();
    }

    private String message(String type) {
        if (refused.contains(type)) {
            return "Expected a connector that an operator allows, but " + type + " stands in "
                    + ConnectorSettingCatalog.CONNECTORS_REFUSED.name() + ": the task will fault";
        }
        return "Expected a worker for jobs of the type " + type + ", but none is connected: the task waits for one; "
                + "an operator allows it with the setting " + ConnectorSettingCatalog.CONNECTORS.name()
                + ", or starts one: orquestrax worker --connectors " + type;
    }

    private static Optional<Use> use(Map.Entry<String, Task> task) {
        String pointer = task.getKey();
        if (task.getValue() instanceof CallTask call) {
            return Optional.of(call.function())
                    .filter(Connectors.TYPES::contains)
                    .map(type -> new Use(type, pointer + "/call"));
        }
        Optional<String> process = task.getValue() instanceof RunProcessTask run
                ? Optional.of(run.process())
                : task.getValue() instanceof RunWorkflowTask run
                        ? DetachedProcess.named(run.namespace(), run.workflow()).map(DetachedProcess::process)
                        : Optional.empty();
        return process.map(type -> new Use(type, pointer + "/run/" + type));
    }
}

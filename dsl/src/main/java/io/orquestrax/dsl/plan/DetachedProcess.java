package io.orquestrax.dsl.plan;

import java.util.List;
import java.util.Optional;

/**
 * The platform's own workflow that {@code run} with {@code await: false} starts for a process: an instance of its own
 * is as durable as any other, and shows what became of it when the one that started it is long over.
 *
 * <p>Its input is the arguments of the job, in the form that {@code DeferredValues} describes; its output is the job's.
 *
 * @param process the DSL's word for what runs, which is the job's type
 */
public record DetachedProcess(String process) {
    public static final String NAMESPACE = "orquestrax";

    private static final String PREFIX = "detached-";
    private static final String VERSION = "1.0.0";
    private static final List<String> PROCESSES = List.of("container", "script", "shell");

    public DetachedProcess {
        if (!PROCESSES.contains(process)) {
            throw new IllegalArgumentException("Expected one of " + PROCESSES + ", but found " + process);
        }
    }

    /** Empty where the name is nobody's, or somebody else's. */
    public static Optional<DetachedProcess> named(String namespace, String name) {
        return namespace.equals(NAMESPACE)
                ? PROCESSES.stream()
                        .filter(each -> name.equals(PREFIX + each))
                        .map(DetachedProcess::new)
                        .findFirst()
                : Optional.empty();
    }

    /** Those that a plan can start. */
    public static List<DetachedProcess> startedBy(Plan plan) {
        return plan.byPointer().values().stream()
                .filter(RunWorkflowTask.class::isInstance)
                .map(RunWorkflowTask.class::cast)
                .flatMap(task -> named(task.namespace(), task.workflow()).stream())
                .distinct()
                .toList();
    }

    public DefinitionId id() {
        return new DefinitionId(NAMESPACE, PREFIX + process, VERSION);
    }

    /** Released, so that it never changes: another text is another version. */
    public String source() {
        return """
                document:
                  dsl: '1.0.3'
                  namespace: %s
                  name: %s
                  version: '%s'
                  title: A %s that a workflow does not wait for
                  summary: Started by run with await false; its input is what the process is given.
                do:
                  - run:
                      call: %s
                """.formatted(NAMESPACE, id().name(), VERSION, process, process);
    }
}

package io.orquestrax.bench.torture.check;

import io.orquestrax.bench.torture.load.ExecutionLog.Execution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The executions that handlers wrote down against the attempts that a history knows. */
final class ExecutionRules {
    static final String NOT_MORE_OFTEN = "A job is executed no more often than its attempts say";
    static final String NOT_INVENTED = "What counts as executed was executed";

    private ExecutionRules() {}

    static List<Violation> check(InstanceEvidence instance, List<Execution> executions) {
        List<Violation> violations = new ArrayList<>();
        Map<Long, Integer> attempts = attempts(instance);
        Set<String> seen = new HashSet<>();
        for (Execution execution : executions) {
            if (!seen.add(execution.jobId())) {
                violations.add(instance.violation(
                        NOT_MORE_OFTEN,
                        "the job " + execution.jobId() + " was executed more than once: by "
                                + workers(executions, execution.jobId())));
            }
            int known = attempts.getOrDefault(execution.activation(), 0);
            if (execution.attempt() > known) {
                violations.add(instance.violation(
                        NOT_MORE_OFTEN,
                        "the job " + execution.jobId() + " was executed by " + execution.worker()
                                + ", but its history knows " + known + " attempts"));
            }
        }
        checkNotInvented(instance, seen, violations);
        return violations;
    }

    private static void checkNotInvented(InstanceEvidence instance, Set<String> seen, List<Violation> violations) {
        for (EventEvidence event : instance.events()) {
            boolean counts =
                    event.type().equals("TaskCompleted") || event.type().equals("JobFailed");
            String jobId = instance.id() + "." + event.activation() + "." + event.executed();
            if (counts && event.executed() != null && !seen.contains(jobId)) {
                violations.add(instance.violation(
                        NOT_INVENTED, event.type() + " tells of the job " + jobId + ", which no handler has seen"));
            }
        }
    }

    /** How many attempts each activation of a job was given. */
    private static Map<Long, Integer> attempts(InstanceEvidence instance) {
        Map<Long, Integer> attempts = new HashMap<>();
        for (EventEvidence event : instance.events()) {
            switch (event.type()) {
                case "JobCreated" -> attempts.put(event.activation(), 1);
                case "JobLost" -> attempts.merge(event.activation(), event.attempt() + 1, Math::max);
                case "JobRetried" -> attempts.merge(event.activation(), event.attempt(), Math::max);
                default -> {
                    // Gives no attempt.
                }
            }
        }
        return attempts;
    }

    private static String workers(List<Execution> executions, String jobId) {
        return String.join(
                ", ",
                executions.stream()
                        .filter(execution -> execution.jobId().equals(jobId))
                        .map(Execution::worker)
                        .toList());
    }
}

package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records what a worker is told. */
final class TestingSink implements WorkerSink {
    final List<List<JobAssignment>> messages = new ArrayList<>();
    final Map<JobId, Boolean> acknowledged = new LinkedHashMap<>();
    final List<JobId> cancelled = new ArrayList<>();
    boolean replaced;

    @Override
    public void assign(List<JobAssignment> jobs) {
        messages.add(jobs);
    }

    @Override
    public void acknowledge(JobId job, boolean counted) {
        acknowledged.put(job, counted);
    }

    @Override
    public void cancel(List<JobId> jobs) {
        cancelled.addAll(jobs);
    }

    @Override
    public void replaced() {
        replaced = true;
    }

    List<JobAssignment> assignments() {
        return messages.stream().flatMap(List::stream).toList();
    }

    List<JobId> assigned() {
        return assignments().stream().map(JobAssignment::id).toList();
    }
}

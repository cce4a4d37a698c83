package io.orquestrax.server.api.worker;

import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.v1.Acknowledgement;
import io.orquestrax.protocol.v1.Acknowledgements;
import io.orquestrax.protocol.v1.Cancellations;
import io.orquestrax.protocol.v1.Job;
import io.orquestrax.protocol.v1.Jobs;
import io.orquestrax.protocol.v1.ServerMessage;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.job.JobKeys;
import io.orquestrax.server.job.JobMessages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to a worker; what waits together goes together. Bounded by the worker's capacity.
 *
 * <p>Jobs go before cancellations: nobody can be told to stop what they were not given, and no job is given twice.
 */
final class Outgoing {
    /** Well below the 4 MiB that gRPC clients take by default; one large job alone may be above. */
    private static final int MAX_JOBS_BYTES = 1024 * 1024;

    private static final int MAX_KEYS = 5_000;

    private final Deque<JobAssignment> jobs = new ArrayDeque<>();
    private final Deque<Acknowledgement> acknowledgements = new ArrayDeque<>();
    private final Deque<JobId> cancellations = new ArrayDeque<>();
    private @Nullable Job tooMuch;

    /** Each answers whether nothing waited before. */
    synchronized boolean assign(List<JobAssignment> assignments) {
        boolean isFirst = isEmpty();
        jobs.addAll(assignments);
        return isFirst;
    }

    synchronized boolean acknowledge(JobId job, boolean counted) {
        boolean isFirst = isEmpty();
        acknowledgements.add(Acknowledgement.newBuilder()
                .setKey(JobKeys.write(job))
                .setCounted(counted)
                .build());
        return isFirst;
    }

    synchronized boolean cancel(List<JobId> ids) {
        boolean isFirst = isEmpty();
        cancellations.addAll(ids);
        return isFirst;
    }

    private boolean isEmpty() {
        return jobs.isEmpty() && acknowledgements.isEmpty() && cancellations.isEmpty();
    }

    /** One caller at a time. */
    @Nullable
    ServerMessage next() {
        List<Acknowledgement> settled = take(acknowledgements);
        if (!settled.isEmpty()) {
            return ServerMessage.newBuilder()
                    .setAcknowledgements(Acknowledgements.newBuilder().addAllAcknowledgements(settled))
                    .build();
        }
        Jobs nextJobs = nextJobs();
        if (nextJobs.getJobsCount() > 0) {
            return ServerMessage.newBuilder().setJobs(nextJobs).build();
        }
        List<JobId> stopped = take(cancellations);
        if (stopped.isEmpty()) {
            return null;
        }
        return ServerMessage.newBuilder()
                .setCancellations(Cancellations.newBuilder()
                        .addAllKeys(stopped.stream().map(JobKeys::write).toList()))
                .build();
    }

    private synchronized <T> List<T> take(Deque<T> waiting) {
        List<T> taken = new ArrayList<>();
        while (!waiting.isEmpty() && taken.size() < MAX_KEYS) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Payloads are written outside the monitor, since the dispatcher may come in meanwhile. */
    private Jobs nextJobs() {
        Jobs.Builder message = Jobs.newBuilder();
        int size = 0;
        for (Job next = nextJob(); next != null; next = nextJob()) {
            size += next.getSerializedSize();
            if (size > MAX_JOBS_BYTES && message.getJobsCount() > 0) {
                tooMuch = next;
                break;
            }
            message.addJobs(next);
        }
        return message.build();
    }

    private @Nullable Job nextJob() {
        Job kept = tooMuch;
        if (kept != null) {
            tooMuch = null;
            return kept;
        }
        JobAssignment assignment;
        synchronized (this) {
            assignment = jobs.poll();
        }
        return assignment == null
                ? null
                : JobMessages.job(assignment.offer(), assignment.runningLimit(), assignment.heartbeatLimit());
    }
}

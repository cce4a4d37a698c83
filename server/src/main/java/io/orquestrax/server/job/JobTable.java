package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that this node knows of. Guarded by the dispatcher's lock. */
final class JobTable {
    private final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
    private final Set<Job> borrowed = new LinkedHashSet<>();
    private final Matching matching;
    private final Changes changes;

    JobTable(Matching matching, Changes changes) {
        this.matching = matching;
        this.changes = changes;
    }

    Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    void add(Job job) {
        jobs.put(job.id(), job);
    }

    void remove(Job job) {
        jobs.remove(job.id(), job);
        if (job.isBorrowed()) {
            borrowed.remove(job);
        }
    }

    /** Whether it is known here, and this node does not wait for what becomes of its result. Safe without the lock. */
    boolean isUnreported(JobId id) {
        Job job = jobs.get(id);
        return job != null && job.state() != Job.State.REPORTED;
    }

    /**
     * Another node decides for it.
     *
     * @param loan as that node numbers it
     */
    void borrow(Job job, String lender, long loan) {
        job.borrowedFrom(lender, loan);
        borrowed.add(job);
    }

    /** This node decides for it. */
    void own(Job job) {
        job.borrowedFrom(null, Loan.UNNUMBERED);
        borrowed.remove(job);
    }

    List<Job> borrowed() {
        return List.copyOf(borrowed);
    }

    List<Job> all() {
        return List.copyOf(jobs.values());
    }

    JobCounts counts() {
        int queued = 0;
        int running = 0;
        for (Job job : jobs.values()) {
            switch (job.state()) {
                case QUEUED -> queued++;
                case CLAIMED, HELD -> running++;
                // What is lent counts where it is.
                case UNCLAIMED, LENT, REPORTED, ENDING -> {}
            }
        }
        return new JobCounts(queued, running);
    }

    boolean isPresent(Job job) {
        return jobs.get(job.id()) == job;
    }

    /** Takes the job from its queue or from its worker, who has room for another one then. */
    void detach(Job job) {
        if (job.state() == Job.State.QUEUED) {
            matching.dequeue(job);
        }
        job.release();
        changes.changedHands(job);
        if (job.holder().orElse(null) instanceof StreamWorker worker) {
            matching.fill(worker);
        }
    }
}

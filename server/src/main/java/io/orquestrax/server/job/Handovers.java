package io.orquestrax.server.job;

import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.JobsGiven;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.server.job.Job.State;
import io.orquestrax.server.peer.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Spares jobs the wait for claims when their partition is given to another node: who gives it tells the next owner which
 * attempts only waited in its queue, and those go into the next one's queue at once.
 *
 * <p>What a node says counts for the epoch in which it was the owner, and only for whoever follows in the very next one:
 * nobody decided in between, so nobody can have got the attempt. Guarded by the dispatcher's lock.
 */
final class Handovers {
    /** Attempts of one partition that are told of; those beyond wait for claims. */
    static final int MAX_GIVEN = 50_000;

    /** Attempts that others have told of and that are kept; those beyond wait for claims. */
    private static final int MAX_KEPT = 500_000;

    private static final int MAX_KEYS = 5_000;

    /** Notices that wait for the link to one node. */
    private static final int MAX_UNTOLD = 100;

    /** How long the next owner may take from the claim of a partition to the recovery of its jobs. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JobTable table;
    private final Attempts attempts;
    private final Serial serial;
    private final Map<JobId, Long> given = new HashMap<>();
    private final Map<String, List<Notice>> untold = new HashMap<>();

    Handovers(JobTable table, Attempts attempts, Serial serial) {
        this.table = table;
        this.attempts = attempts;
        this.serial = serial;
    }

    /**
     * Drops what it knows of a partition's jobs.
     *
     * @param epoch in which this node owned the partition
     */
    void give(Predicate<UUID> instances, long epoch, String next, Peers peers) {
        List<JobId> waiting = table.all().stream()
                .filter(job -> job.state() == State.QUEUED
                        && !job.isBorrowed()
                        && instances.test(job.id().instance()))
                .limit(MAX_GIVEN)
                .map(Job::id)
                .toList();
        attempts.forget(instances);
        for (int start = 0; start < waiting.size(); start += MAX_KEYS) {
            List<JobId> some = waiting.subList(start, Math.min(waiting.size(), start + MAX_KEYS));
            tell(next, notice(some, epoch), peers);
        }
    }

    /** A node that has just joined may own before there is a link to it. */
    private void tell(String next, Notice notice, Peers peers) {
        if (peers.linked().contains(next)) {
            serial.afterwards(() -> peers.tell(next, notice));
            return;
        }
        List<Notice> waiting = untold.computeIfAbsent(next, node -> new ArrayList<>());
        if (waiting.size() < MAX_UNTOLD) {
            waiting.add(notice);
            serial.later(KEPT, () -> drop(next, notice));
        }
    }

    private void drop(String next, Notice notice) {
        List<Notice> waiting = untold.getOrDefault(next, new ArrayList<>());
        waiting.removeIf(each -> each == notice);
        if (waiting.isEmpty()) {
            untold.remove(next);
        }
    }

    void linked(String node, Peers peers) {
        List<Notice> waiting = untold.remove(node);
        if (waiting != null) {
            serial.afterwards(() -> waiting.forEach(notice -> peers.tell(node, notice)));
        }
    }

    private static Notice notice(List<JobId> jobs, long epoch) {
        return Notice.newBuilder()
                .setJobsGiven(JobsGiven.newBuilder().setEpoch(epoch).addAllKeys(JobKeys.writeAll(jobs)))
                .build();
    }

    /** The owner of that epoch gave the partition to this node; its claim may come first, or this. */
    void given(List<JobId> jobs, long epoch) {
        List<JobId> kept = new ArrayList<>();
        for (JobId id : jobs) {
            Job job = table.find(id).orElse(null);
            if (job == null) {
                if (given.size() < MAX_KEPT) {
                    given.put(id, epoch);
                    kept.add(id);
                }
            } else {
                offerIfGiven(job, epoch);
            }
        }
        if (!kept.isEmpty()) {
            serial.later(KEPT, () -> kept.forEach(id -> given.remove(id, epoch)));
        }
    }

    /**
     * Jobs were recovered in an epoch of this node.
     *
     * @param unclaimed those that somebody may have, as far as is known here
     */
    void recovered(List<Job> unclaimed) {
        for (Job job : unclaimed) {
            Long epoch = given.remove(job.id());
            if (epoch != null) {
                offerIfGiven(job, epoch);
            }
        }
    }

    private void offerIfGiven(Job job, long epoch) {
        if (job.state() == State.UNCLAIMED && job.recoveredIn() == epoch + 1) {
            attempts.enqueue(job);
        }
    }
}

package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.ClaimJobs;
import io.orquestrax.protocol.cluster.v1.ClaimsJudged;
import io.orquestrax.protocol.cluster.v1.LentJob;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.job.Job.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the nodes that decide for them whether jobs that are here are this node's: jobs of workers that came from
 * elsewhere, and all that are borrowed when their partition changes hands or a link was lost.
 *
 * <p>A job keeps running until a node that decides for it says no. Guarded by the dispatcher's lock.
 */
final class Claiming {
    private static final Logger LOG = LoggerFactory.getLogger(Claiming.class);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int MAX_CLAIMS = 1_000;

    private final Neighbourhood neighbourhood;
    private final PeerLines lines;
    private final JobTable table;
    private final Attempts attempts;
    private final Doubts doubts;
    private final Serial serial;
    private final Inquiries inquiries;
    private final Set<String> asked = new HashSet<>();
    private List<Roster.Ownership> owners = List.of();
    private boolean isAsking;
    private boolean isRetrying;

    Claiming(
            Neighbourhood neighbourhood,
            PeerLines lines,
            JobTable table,
            Attempts attempts,
            Doubts doubts,
            Serial serial,
            Inquiries inquiries) {
        this.neighbourhood = neighbourhood;
        this.lines = lines;
        this.table = table;
        this.attempts = attempts;
        this.doubts = doubts;
        this.serial = serial;
        this.inquiries = inquiries;
        doubts.onDoubt(this::askSoon);
    }

    /** Where partitions changed hands, every borrowed job may have another owner. */
    void roster(Roster roster) {
        if (!owners.equals(roster.partitions())) {
            owners = roster.partitions();
            table.borrowed().forEach(this::check);
            askSoon();
        }
    }

    /** The node may have lost what it lent to this one. */
    void linked(String node) {
        table.borrowed().stream().filter(job -> job.isBorrowedFrom(node)).forEach(this::doubt);
        askSoon();
    }

    void check(Job job) {
        if (job.isBorrowed()
                && !neighbourhood
                        .ownerOf(job.id().instance())
                        .map(job::isBorrowedFrom)
                        .orElse(false)) {
            doubt(job);
        }
    }

    private void doubt(Job job) {
        if (job.state() == State.QUEUED || job.state() == State.HELD) {
            doubts.add(job);
        }
    }

    private void askSoon() {
        if (!isAsking && !doubts.isEmpty()) {
            isAsking = true;
            serial.afterwards(this::ask);
        }
    }

    private void ask() {
        Map<String, List<Job>> batches = serial.call(() -> {
            isAsking = false;
            Map<String, List<Job>> due = batches();
            asked.addAll(due.keySet());
            if (!doubts.isEmpty()) {
                retryLater();
            }
            return due;
        });
        batches.forEach(this::ask);
    }

    private void retryLater() {
        if (!isRetrying) {
            isRetrying = true;
            serial.later(RETRY, () -> {
                isRetrying = false;
                askSoon();
            });
        }
    }

    /** By the node that is to be asked; what this node decides itself is decided here. */
    private Map<String, List<Job>> batches() {
        Set<String> linked = neighbourhood.peers().linked();
        String self = neighbourhood.self();
        Map<String, List<Job>> batches = new LinkedHashMap<>();
        for (Job job : doubts.all()) {
            if (!table.isPresent(job) || !isOpen(job)) {
                doubts.remove(job);
                continue;
            }
            String owner = neighbourhood.ownerOf(job.id().instance()).orElse(null);
            boolean isOwn = self.equals(owner);
            if (isOwn
                    && job.state() == State.QUEUED
                    && neighbourhood.isServedHere(job.id().instance())) {
                refuse(job);
            } else if (owner != null
                    && !asked.contains(owner)
                    && (isOwn ? neighbourhood.isServedHere(job.id().instance()) : linked.contains(owner))) {
                List<Job> batch = batches.computeIfAbsent(owner, node -> new ArrayList<>());
                if (batch.size() < MAX_CLAIMS) {
                    batch.add(job);
                }
            }
        }
        return batches;
    }

    private static boolean isOpen(Job job) {
        return switch (job.state()) {
            case QUEUED, HELD, CLAIMED -> true;
            case UNCLAIMED, LENT, REPORTED, ENDING -> false;
        };
    }

    private void ask(String owner, List<Job> jobs) {
        if (owner.equals(neighbourhood.self())) {
            askEngine(owner, jobs);
        } else {
            askNode(owner, jobs);
        }
    }

    private void askEngine(String self, List<Job> jobs) {
        var _ = inquiries
                .ask(jobs.stream().map(Job::id).toList())
                .thenAccept(findings -> serial.run(() -> {
                    asked.remove(self);
                    jobs.stream()
                            .filter(job -> findings.over().contains(job.id()) && doubts.contains(job))
                            .forEach(this::refuse);
                }));
    }

    private void askNode(String owner, List<Job> jobs) {
        ClaimJobs.Builder claims = ClaimJobs.newBuilder();
        serial.run(() -> jobs.forEach(job -> claims.addClaims(claim(job))));
        var _ = neighbourhood
                .peers()
                .call(owner, Request.newBuilder().setClaimJobs(claims).build())
                .whenComplete((@Nullable Response response, @Nullable Throwable failure) -> {
                    Map<JobId, JobOffer> offers = response == null ? Map.of() : offers(response.getClaimsJudged());
                    serial.run(() -> answered(owner, jobs, response, offers));
                });
    }

    private static ClaimJobs.Claim claim(Job job) {
        ClaimJobs.Claim.Builder claim = ClaimJobs.Claim.newBuilder()
                .setKey(JobKeys.write(job.id()))
                .setNeedsOffer(job.offer().isEmpty());
        String worker = job.workerName();
        if (worker != null) {
            claim.setWorker(worker);
        }
        job.holder().flatMap(Holder::connectedAt).map(JobMessages::timestamp).ifPresent(claim::setConnectedAt);
        return claim.build();
    }

    private static Map<JobId, JobOffer> offers(ClaimsJudged judged) {
        Map<JobId, JobOffer> offers = new HashMap<>();
        for (LentJob each : judged.getOffersList()) {
            JobOffer offer = JobMessages.offer(each);
            offers.put(Attempts.idOf(offer), offer);
        }
        return offers;
    }

    private void answered(String owner, List<Job> jobs, @Nullable Response response, Map<JobId, JobOffer> offers) {
        asked.remove(owner);
        if (response == null || !response.hasClaimsJudged()) {
            LOG.debug("Node {} did not judge {} claims; asking again", owner, jobs.size());
            return;
        }
        Set<JobId> refused =
                Set.copyOf(JobKeys.readAll(response.getClaimsJudged().getRefusedList()));
        Set<JobId> undecided =
                Set.copyOf(JobKeys.readAll(response.getClaimsJudged().getUndecidedList()));
        boolean isProgress = false;
        for (Job job : jobs) {
            boolean isAccepted = !undecided.contains(job.id()) && !refused.contains(job.id());
            if (isAccepted && table.find(job.id()).isEmpty()) {
                lines.to(owner).disclaim(job.id());
            }
            if (undecided.contains(job.id()) || !doubts.contains(job) || !table.isPresent(job)) {
                continue;
            }
            isProgress = true;
            if (refused.contains(job.id())) {
                refuse(job);
            } else {
                doubts.remove(job);
                attempts.confirmed(job, owner, offers.get(job.id()));
            }
        }
        if (isProgress) {
            askSoon();
        }
    }

    private void refuse(Job job) {
        doubts.remove(job);
        attempts.disown(job);
    }
}

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

    /** Whoever owns a partition anew has forgotten what is elsewhere, also where it owned it before. */
    void roster(Roster roster) {
        List<Roster.Ownership> before = owners;
        owners = roster.partitions();
        if (!owners.equals(before)) {
            table.all().stream()
                    .filter(job -> job.isBorrowed() || job.state() == State.CLAIMED)
                    .filter(job -> hasChangedHands(job, before))
                    .forEach(this::doubt);
            table.borrowed().forEach(this::check);
            askSoon();
        }
    }

    private boolean hasChangedHands(Job job, List<Roster.Ownership> before) {
        int partition = neighbourhood.addresses().partitionOf(job.id().instance());
        return !before.isEmpty() && !before.get(partition).equals(owners.get(partition));
    }

    /** The node may have lost what it lent to this one. */
    void linked(String node) {
        table.borrowed().stream().filter(job -> job.isBorrowedFrom(node)).forEach(this::doubt);
        askSoon();
    }

    void check(Job job) {
        boolean isOfOwner = neighbourhood
                .ownerOf(job.id().instance())
                .map(job::isBorrowedFrom)
                .orElse(false);
        if (job.isBorrowed() && !isOfOwner && !doubts.contains(job)) {
            doubt(job);
        }
    }

    private void doubt(Job job) {
        if (job.state() == State.CLAIMED) {
            attempts.awaitOffer(job);
        } else if (isOpen(job)) {
            doubts.add(job);
        }
    }

    /** Whether the node is asked for the job, and so may take it to be here before it has been heard. */
    boolean isAsked(String node, Job job) {
        return doubts.contains(job)
                && neighbourhood
                        .ownerOf(job.id().instance())
                        .filter(node::equals)
                        .isPresent();
    }

    private void askSoon() {
        if (!isAsking && !doubts.isEmpty()) {
            isAsking = true;
            serial.afterwards(this::ask);
        }
    }

    private void ask() {
        List<Batch> batches = serial.call(() -> {
            isAsking = false;
            Map<String, List<Job>> due = batches();
            asked.addAll(due.keySet());
            if (!doubts.isEmpty()) {
                retryLater();
            }
            return due.entrySet().stream()
                    .map(each -> new Batch(each.getKey(), each.getValue(), doubts.last()))
                    .toList();
        });
        batches.forEach(this::ask);
    }

    /**
     * Jobs of which a node is asked.
     *
     * @param asOf the last doubt when they were chosen
     */
    private record Batch(String owner, List<Job> jobs, long asOf) {}

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
                refuse(job, self);
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

    private void ask(Batch batch) {
        if (batch.owner().equals(neighbourhood.self())) {
            askEngine(batch.owner(), batch.jobs());
        } else {
            askNode(batch);
        }
    }

    private void askEngine(String self, List<Job> jobs) {
        var _ = inquiries
                .ask(jobs.stream().map(Job::id).toList())
                .thenAccept(findings -> serial.run(() -> {
                    asked.remove(self);
                    jobs.stream()
                            .filter(job -> findings.over().contains(job.id()) && doubts.contains(job))
                            .forEach(job -> refuse(job, self));
                }));
    }

    private void askNode(Batch batch) {
        ClaimJobs.Builder claims = ClaimJobs.newBuilder();
        serial.run(() -> batch.jobs().forEach(job -> claims.addClaims(claim(job))));
        var _ = neighbourhood
                .peers()
                .call(batch.owner(), Request.newBuilder().setClaimJobs(claims).build())
                .whenComplete((@Nullable Response response, @Nullable Throwable failure) -> {
                    Judged judged = response == null || !response.hasClaimsJudged()
                            ? null
                            : Judged.of(response.getClaimsJudged());
                    serial.run(() -> answered(batch, judged));
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

    /**
     * What a node said of claims.
     *
     * @param loans of those that it left to this one, as far as it numbers them
     * @param offers of those that it was asked for
     */
    private record Judged(
            Set<JobId> refused, Set<JobId> undecided, Map<JobId, Long> loans, Map<JobId, JobOffer> offers) {

        static Judged of(ClaimsJudged message) {
            Map<JobId, Long> loans = new HashMap<>();
            message.getLoansList()
                    .forEach(loan -> JobKeys.read(loan.getKey()).ifPresent(job -> loans.put(job, loan.getNumber())));
            Map<JobId, JobOffer> offers = new HashMap<>();
            for (LentJob each : message.getOffersList()) {
                JobOffer offer = JobMessages.offer(each);
                offers.put(Attempts.idOf(offer), offer);
            }
            return new Judged(
                    Set.copyOf(JobKeys.readAll(message.getRefusedList())),
                    Set.copyOf(JobKeys.readAll(message.getUndecidedList())),
                    loans,
                    offers);
        }

        boolean isAccepted(JobId job) {
            return !undecided.contains(job) && !refused.contains(job);
        }

        Loan loan(JobId job) {
            return new Loan(job, loans.getOrDefault(job, Loan.UNNUMBERED));
        }
    }

    private void answered(Batch batch, @Nullable Judged judged) {
        String owner = batch.owner();
        asked.remove(owner);
        if (judged == null) {
            LOG.debug(
                    "Node {} did not judge {} claims; asking again",
                    owner,
                    batch.jobs().size());
            return;
        }
        boolean isProgress = false;
        for (Job job : batch.jobs()) {
            if (judged.isAccepted(job.id()) && table.find(job.id()).isEmpty()) {
                lines.to(owner).disclaim(judged.loan(job.id()));
            }
            if (judged.undecided().contains(job.id()) || !doubts.contains(job) || !table.isPresent(job)) {
                continue;
            }
            boolean isSettled = doubts.isSettledBy(job, batch.asOf());
            isProgress |= isSettled;
            if (isSettled) {
                doubts.remove(job);
            }
            if (judged.isAccepted(job.id())) {
                attempts.confirmed(
                        job,
                        owner,
                        judged.loan(job.id()).number(),
                        judged.offers().get(job.id()));
            } else if (isSettled) {
                refuse(job, owner);
            }
        }
        if (isProgress) {
            askSoon();
        }
    }

    /** Who refuses may be wrong about who decides: the lender must not go on to take the job to be here. */
    private void refuse(Job job, String by) {
        String lender = job.lender();
        if (lender != null && !lender.equals(by)) {
            PeerLine line = lines.to(lender);
            if (job.state() == State.QUEUED) {
                line.giveBack(job.loan());
            } else {
                line.disclaim(job.loan());
            }
        }
        doubts.remove(job);
        attempts.disown(job);
    }
}

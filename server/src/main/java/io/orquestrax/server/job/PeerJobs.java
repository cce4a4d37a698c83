package io.orquestrax.server.job;

import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.ClaimJobs;
import io.orquestrax.protocol.cluster.v1.ClaimsJudged;
import io.orquestrax.protocol.cluster.v1.ConfirmLoans;
import io.orquestrax.protocol.cluster.v1.JobsGiven;
import io.orquestrax.protocol.cluster.v1.JobsLent;
import io.orquestrax.protocol.cluster.v1.JobsReturned;
import io.orquestrax.protocol.cluster.v1.JobsWanted;
import io.orquestrax.protocol.cluster.v1.JobsWithdrawn;
import io.orquestrax.protocol.cluster.v1.LoansConfirmed;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Notice.NoticeCase;
import io.orquestrax.protocol.cluster.v1.Renew;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Request.RequestCase;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.protocol.v1.JobKey;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.peer.Peers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What other nodes say and ask about jobs, and what becomes of other nodes. */
final class PeerJobs implements AutoCloseable {
    /** Loans that are confirmed by one request. */
    private static final int MAX_LOANS = 5_000;

    private final Serial serial;
    private final Peers peers;
    private final Lending lending;
    private final Borrowing borrowing;
    private final Claiming claiming;
    private final Handovers handovers;
    private final ServedTypes types;
    private final PeerWork work;
    private final Inquiries inquiries;
    private final List<Subscription> subscriptions = new ArrayList<>();

    PeerJobs(
            Serial serial,
            Peers peers,
            Lending lending,
            Borrowing borrowing,
            Claiming claiming,
            Handovers handovers,
            ServedTypes types,
            PeerWork work,
            Inquiries inquiries) {
        this.serial = serial;
        this.peers = peers;
        this.lending = lending;
        this.borrowing = borrowing;
        this.claiming = claiming;
        this.handovers = handovers;
        this.types = types;
        this.work = work;
        this.inquiries = inquiries;
    }

    void open(Neighbourhood neighbourhood) {
        lending.confirmBy(this::confirm);
        peers.listen(NoticeCase.JOBS_WANTED, (node, notice) -> wanted(node, notice.getJobsWanted()));
        peers.listen(NoticeCase.JOBS_LENT, (node, notice) -> lent(node, notice.getJobsLent()));
        peers.listen(NoticeCase.JOBS_RETURNED, (node, notice) -> returned(node, notice.getJobsReturned()));
        peers.listen(NoticeCase.JOBS_WITHDRAWN, (node, notice) -> withdrawn(node, notice.getJobsWithdrawn()));
        peers.listen(NoticeCase.JOBS_GIVEN, (node, notice) -> given(notice.getJobsGiven()));
        peers.listen(NoticeCase.RENEW, (node, notice) -> renew(node));
        peers.listen(NoticeCase.TYPES_SERVED, (node, notice) -> types.told(node, notice.getTypesServed()));
        peers.listen(NoticeCase.WATCH_WORK, (node, notice) -> work.watch(node, notice.getWatchWork()));
        peers.listen(NoticeCase.WORK_CHANGED, (node, notice) -> work.changed(notice.getWorkChanged()));
        peers.respond(RequestCase.CLAIM_JOBS, (node, request) -> judge(node, request.getClaimJobs()));
        peers.respond(
                RequestCase.CONFIRM_LOANS,
                (node, request) -> CompletableFuture.completedFuture(
                        missing(request.getConfirmLoans().getKeysList())));
        subscriptions.add(peers.watch(new Links()));
        subscriptions.add(neighbourhood.roster().watch(this::roster));
    }

    /** The node is about to end: what no worker here has goes back. */
    void leave() {
        serial.run(borrowing::giveBackAll);
    }

    void handOver(Predicate<UUID> instances, long epoch, String next) {
        serial.run(() -> handovers.give(instances, epoch, next, peers));
    }

    boolean isElsewhere(String node, JobId job) {
        return serial.call(() -> lending.isElsewhere(node, job));
    }

    private void given(JobsGiven notice) {
        List<JobId> jobs = JobKeys.readAll(notice.getKeysList());
        serial.run(() -> handovers.given(jobs, notice.getEpoch()));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    private final class Links implements Peers.Watcher {
        @Override
        public void linked(String node) {
            peers.tell(
                    node,
                    Notice.newBuilder().setRenew(Renew.getDefaultInstance()).build());
            serial.run(() -> {
                lending.linked(node);
                borrowing.linked(node);
                claiming.linked(node);
                handovers.linked(node, peers);
                types.linked(node);
            });
            work.linked(node);
        }

        @Override
        public void lost(String node) {
            serial.run(() -> {
                lending.unlinked(node);
                borrowing.unlinked(node);
            });
        }
    }

    private void renew(String node) {
        serial.run(() -> {
            borrowing.renew(node);
            claiming.linked(node);
            types.linked(node);
        });
        work.linked(node);
    }

    private void roster(Roster roster) {
        Set<String> alive = Neighbourhood.alive(roster);
        Set<String> known = new HashSet<>(alive);
        known.addAll(peers.linked());
        serial.run(() -> {
            lending.alive(alive);
            borrowing.known(known);
            claiming.roster(roster);
            types.alive(alive, known);
        });
        work.known(known);
    }

    private void wanted(String node, JobsWanted notice) {
        List<Borrower.Wanted> wanted = notice.getWantsList().stream()
                .map(want -> new Borrower.Wanted(Set.copyOf(want.getTypesList()), want.getCount()))
                .toList();
        serial.run(() -> lending.wanted(node, wanted, notice.getReceived(), notice.getAnew()));
    }

    private void lent(String node, JobsLent notice) {
        List<Borrowing.Lent> jobs = notice.getJobsList().stream()
                .map(job ->
                        new Borrowing.Lent(JobMessages.offer(job), Durations.duration(job.getWaited()), job.getLoan()))
                .toList();
        serial.run(() -> borrowing.lent(node, jobs, notice.getTotal()));
    }

    private void returned(String node, JobsReturned notice) {
        List<Loan> loans = Loan.readAll(notice.getKeysList(), notice.getLoansList());
        serial.run(() -> {
            if (notice.getUnknown()) {
                lending.unknown(node, loans);
            } else {
                lending.returned(node, loans);
            }
        });
    }

    private void withdrawn(String node, JobsWithdrawn notice) {
        List<Loan> loans = Loan.readAll(notice.getKeysList(), notice.getLoansList());
        serial.run(() -> borrowing.withdrawn(node, loans, notice.getWaitingOnly()));
    }

    private CompletableFuture<Response> judge(String node, ClaimJobs request) {
        List<JobId> unheardOf = serial.call(() -> request.getClaimsList().stream()
                .flatMap(claim -> claim(claim).stream())
                .filter(lending::isUnheardOf)
                .map(Lending.Claim::job)
                .toList());
        return unheardOf.isEmpty()
                ? CompletableFuture.completedFuture(judge(node, request, Inquiries.Findings.NONE))
                : inquiries.ask(unheardOf).thenApply(findings -> judge(node, request, findings));
    }

    private static Optional<Lending.Claim> claim(ClaimJobs.Claim claim) {
        Instant connectedAt = claim.hasConnectedAt() ? JobMessages.instant(claim.getConnectedAt()) : null;
        return JobKeys.read(claim.getKey()).map(id -> new Lending.Claim(id, claim.getWorker(), connectedAt));
    }

    private Response judge(String node, ClaimJobs request, Inquiries.Findings findings) {
        ClaimsJudged.Builder judged = ClaimsJudged.newBuilder();
        List<JobOffer> offers = new ArrayList<>();
        serial.run(() -> request.getClaimsList()
                .forEach(message -> claim(message).ifPresent(claim -> {
                    switch (lending.judge(node, claim, findings.over())) {
                        case REFUSED -> judged.addRefused(message.getKey());
                        case UNDECIDED -> judged.addUndecided(message.getKey());
                        case ACCEPTED -> {
                            lending.loan(claim.job())
                                    .ifPresent(loan -> judged.addLoans(ClaimsJudged.Loan.newBuilder()
                                            .setKey(message.getKey())
                                            .setNumber(loan.number())));
                            if (message.getNeedsOffer()) {
                                lending.offer(claim.job()).ifPresent(offers::add);
                            }
                        }
                    }
                })));
        offers.forEach(offer -> judged.addOffers(JobMessages.lent(offer, Duration.ZERO, Loan.UNNUMBERED)));
        return Response.newBuilder().setClaimsJudged(judged).build();
    }

    private Response missing(List<JobKey> keys) {
        List<JobId> jobs = JobKeys.readAll(keys);
        List<JobId> missing = serial.call(() -> borrowing.missing(jobs));
        return Response.newBuilder()
                .setLoansConfirmed(LoansConfirmed.newBuilder().addAllMissing(JobKeys.writeAll(missing)))
                .build();
    }

    private void confirm(Borrower borrower) {
        List<Loan> loans = borrower.held().stream().map(Job::loan).toList();
        for (int start = 0; start < loans.size(); start += MAX_LOANS) {
            List<Loan> some = loans.subList(start, Math.min(loans.size(), start + MAX_LOANS));
            serial.afterwards(() -> confirm(borrower, some));
        }
    }

    /** What was lent before this went out before it, over the same link, but for what has not gone out at all. */
    private void confirm(Borrower borrower, List<Loan> all) {
        Set<JobId> waiting = borrower.line().waiting();
        List<Loan> loans =
                all.stream().filter(loan -> !waiting.contains(loan.job())).toList();
        if (loans.isEmpty()) {
            return;
        }
        Request request = Request.newBuilder()
                .setConfirmLoans(ConfirmLoans.newBuilder().addAllKeys(Loan.keys(loans)))
                .build();
        // Where it fails the link is lost again, and whoever restores it asks again.
        var _ = peers.call(borrower.id(), request)
                .whenComplete((@Nullable Response response, @Nullable Throwable failure) -> {
                    if (response != null && response.hasLoansConfirmed()) {
                        Set<JobId> missing = Set.copyOf(
                                JobKeys.readAll(response.getLoansConfirmed().getMissingList()));
                        serial.run(() -> lending.missing(borrower, loans, missing));
                    }
                });
    }
}

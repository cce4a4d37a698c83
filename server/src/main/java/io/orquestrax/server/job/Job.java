package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt that this node knows of. Guarded by the dispatcher's lock, but for what is read of its state. */
final class Job {

    enum State {
        /** Waits for a worker. */
        QUEUED,
        /** Recovered: somebody may still run it. */
        UNCLAIMED,
        /** A worker says that it runs it, but the engine has not offered it here (yet). */
        CLAIMED,
        /** A worker runs it. */
        HELD,
        /** Another node has it for its workers. */
        LENT,
        /** Its result is on its way to being durable. */
        REPORTED,
        /** That it is lost, or over its time, is on its way to being durable. */
        ENDING
    }

    private final JobId id;
    private @Nullable JobOffer offer;
    private volatile State state;
    private long turn;
    private @Nullable Instant availableAt;
    private @Nullable Holder holder;
    private @Nullable Instant startedAt;
    private @Nullable Instant heardAt;
    private @Nullable Duration lease;
    private @Nullable JsonNode progress;
    private @Nullable String lender;
    private long loan = Loan.UNNUMBERED;
    private long lastSent = Loan.UNNUMBERED;
    private @Nullable Instant workerCameAt;
    private long recoveredIn;
    private boolean isOnHold;
    private @Nullable Parked parked;
    private @Nullable Settlement settlement;
    private Timers.Timer deadline = Timers.Timer.NONE;
    private Timers.Timer silence = Timers.Timer.NONE;

    /** A result that cannot be settled before the job's type is known. */
    record Parked(JobResult result, StreamWorker from) {}

    Job(JobId id, @Nullable JobOffer offer, State state) {
        this.id = id;
        this.offer = offer;
        this.state = state;
    }

    JobId id() {
        return id;
    }

    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    Optional<JobOffer> offer() {
        return Optional.ofNullable(offer);
    }

    /** Of a job that was offered. */
    JobOffer knownOffer() {
        return Objects.requireNonNull(offer);
    }

    void setOffer(@Nullable JobOffer known) {
        offer = known;
    }

    String type() {
        return knownOffer().type();
    }

    int priority() {
        return knownOffer().limits().priority();
    }

    /** Epoch of its partition in which it was recovered with it; 0 for all others. */
    long recoveredIn() {
        return recoveredIn;
    }

    void recoveredIn(long epoch) {
        recoveredIn = epoch;
    }

    /** Its place in time among all jobs that waited; the same when it has to wait again. */
    long turn() {
        return turn;
    }

    /** The first time counts. */
    void available(long nextTurn, Instant now) {
        if (availableAt == null) {
            turn = nextTurn;
            availableAt = now;
        }
    }

    Instant availableAt() {
        return Objects.requireNonNull(availableAt);
    }

    Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }

    boolean isHeldBy(Holder candidate) {
        return holder == candidate;
    }

    void heldBy(Holder next, Instant since, Instant now, @Nullable Duration leaseOfHolder) {
        holder = next;
        startedAt = since;
        heardAt = now;
        lease = leaseOfHolder;
        next.held().add(this);
    }

    /**
     * Who runs it there, and since when, is not known here.
     *
     * @param cameAt when the worker that has it came to the borrower, by the borrower's clock; absent where it has none
     */
    void lentTo(Borrower borrower, @Nullable Instant cameAt, long number) {
        holder = borrower;
        startedAt = null;
        lease = null;
        workerCameAt = cameAt;
        loan = number;
        borrower.held().add(this);
    }

    /** It goes out by its present loan; otherwise the borrower has it already. */
    void sent() {
        lastSent = loan;
    }

    /** The borrower has said once more that it has it. */
    void lentStill(@Nullable Instant cameAt, long number) {
        workerCameAt = cameAt == null ? workerCameAt : cameAt;
        loan = number;
    }

    /** The last time that it was lent, as its lender numbers that: this node, or the other one where it is borrowed. */
    Loan loan() {
        return new Loan(id, loan);
    }

    /**
     * Whether a borrower that had it by this loan, and says that it has it no more, cannot have got it since. What the
     * borrower claimed it had already.
     */
    boolean wasNotSentAfter(Loan had) {
        return had.reaches(lastSent);
    }

    /** Whether the worker that came to another node at this moment had come to where the job is before that. */
    boolean isOfNewerWorkerThan(Instant cameAt) {
        return workerCameAt != null && workerCameAt.isAfter(cameAt);
    }

    /** Whether the instance was suspended while another node has the job, so that it waits for nobody when it returns. */
    boolean isOnHold() {
        return isOnHold;
    }

    void onHold(boolean held) {
        isOnHold = held;
    }

    /** Whether another node decides for it, and has left it to this one. */
    boolean isBorrowed() {
        return lender != null;
    }

    boolean isBorrowedFrom(String node) {
        return node.equals(lender);
    }

    @Nullable
    String lender() {
        return lender;
    }

    void borrowedFrom(@Nullable String node, long number) {
        loan = node != null && node.equals(lender) ? Math.max(loan, number) : number;
        lender = node;
    }

    /** Nobody runs it from now on; who did, and since when, is still known. */
    void release() {
        stopTimers();
        if (holder != null) {
            holder.held().remove(this);
        }
    }

    /** As if nobody had ever had it. */
    void forgetHolder() {
        release();
        holder = null;
        startedAt = null;
        lease = null;
    }

    @Nullable
    String workerName() {
        return holder == null ? null : holder.workerName();
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    void startedAt(@Nullable Instant known) {
        startedAt = known == null ? startedAt : known;
    }

    Instant heardAt() {
        return Objects.requireNonNull(heardAt);
    }

    void heard(Instant now) {
        heardAt = now;
    }

    Optional<Duration> lease() {
        return Optional.ofNullable(lease);
    }

    /** When the lease is over unless it is renewed; empty for a worker with a stream. */
    Optional<Instant> leaseUntil() {
        return lease().map(heardAt()::plus);
    }

    @Nullable
    JsonNode progress() {
        return progress;
    }

    void progressed(JsonNode reported) {
        progress = reported;
    }

    Optional<Parked> parked() {
        return Optional.ofNullable(parked);
    }

    void park(@Nullable Parked result) {
        parked = result;
    }

    Optional<Settlement> settlement() {
        return Optional.ofNullable(settlement);
    }

    boolean isSettledBy(Settlement candidate) {
        return settlement == candidate;
    }

    void settleBy(@Nullable Settlement next) {
        settlement = next;
    }

    /** The one time limit that does not move: of waiting, of running, or of being claimed. */
    void deadline(Timers.Timer next) {
        deadline.cancel();
        deadline = next;
    }

    void silence(Timers.Timer next) {
        silence.cancel();
        silence = next;
    }

    void stopTimers() {
        deadline(Timers.Timer.NONE);
        silence(Timers.Timer.NONE);
    }
}

package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.JobReported;
import io.orquestrax.protocol.cluster.v1.ReportJob;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Request.RequestCase;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.protocol.v1.Failure;
import io.orquestrax.server.job.Job.State;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.peer.Peers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What workers without a stream say of their jobs, at any node: what is not of a job of this node goes to the one that
 * decides for it, and from there to the one that has it.
 */
public final class JobReports {
    private final Dispatcher dispatcher;
    private final Serial serial;
    private final JobTable table;
    private final Inquiries inquiries;
    private final @Nullable Neighbourhood neighbourhood;

    JobReports(
            Dispatcher dispatcher,
            Serial serial,
            JobTable table,
            Inquiries inquiries,
            @Nullable Neighbourhood neighbourhood) {
        this.dispatcher = dispatcher;
        this.serial = serial;
        this.table = table;
        this.inquiries = inquiries;
        this.neighbourhood = neighbourhood;
    }

    void open(Peers peers) {
        peers.respond(RequestCase.REPORT_JOB, this::answer);
    }

    /**
     * Completes when the result is durable.
     *
     * @return false for a result that came too late or twice
     */
    public CompletableFuture<Boolean> complete(JobId job, JsonNode output) {
        return report(new JobResult.Completed(job, null, output), Reach.ANYWHERE);
    }

    /** As {@link #complete}. */
    public CompletableFuture<Boolean> fail(JobId job, WorkflowError error, boolean retryable) {
        return report(new JobResult.Failed(job, null, error, retryable), Reach.ANYWHERE);
    }

    /**
     * Renews the lease.
     *
     * @param progress absent to keep the last one
     * @return when the lease is over now; empty where the job is not the caller's any more: stop. Fails with
     *     {@link ServiceException} where nobody can tell now
     */
    public CompletableFuture<Optional<Instant>> heartbeat(JobId job, @Nullable JsonNode progress) {
        return heartbeat(job, progress, Reach.ANYWHERE);
    }

    private CompletableFuture<Boolean> report(JobResult result, Reach reach) {
        Optional<Place> elsewhere = elsewhere(result.job(), reach);
        if (elsewhere.isEmpty()) {
            return dispatcher.report(result);
        }
        // Where the other one does not answer, the result goes the way of one that nobody knows: the engine judges, and
        // knows whether the other one has brought it there.
        return call(elsewhere.get(), message(result))
                .thenCompose(reported -> reported.map(JobReported::getIsAccepted)
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> dispatcher.report(result, true)));
    }

    private CompletableFuture<Optional<Instant>> heartbeat(JobId job, @Nullable JsonNode progress, Reach reach) {
        Optional<Place> elsewhere = elsewhere(job, reach);
        if (elsewhere.isEmpty()) {
            return heartbeatHere(job, progress);
        }
        ReportJob.Builder message = ReportJob.newBuilder()
                .setKey(JobKeys.write(job))
                .setHeartbeat(progress == null ? ByteString.EMPTY : json(progress));
        return call(elsewhere.get(), message)
                .thenApply(reported -> reported.map(JobReports::lease).orElseThrow(() -> unknown(job)));
    }

    private CompletableFuture<Optional<Instant>> heartbeatHere(JobId job, @Nullable JsonNode progress) {
        Optional<Instant> lease = dispatcher.renewLease(job, progress);
        if (neighbourhood == null || lease.isPresent() || dispatcher.knows(job)) {
            return CompletableFuture.completedFuture(lease);
        }
        if (!neighbourhood.isServedHere(job.instance())) {
            return CompletableFuture.failedFuture(unknown(job));
        }
        return inquiries.ask(List.of(job)).thenCompose(findings -> {
            boolean isKnown = findings.open().contains(job) || findings.over().contains(job);
            return isKnown
                    ? CompletableFuture.completedFuture(dispatcher.renewLease(job, progress))
                    : CompletableFuture.failedFuture(unknown(job));
        });
    }

    private static Optional<Instant> lease(JobReported reported) {
        return reported.getIsAccepted() ? Optional.of(JobMessages.instant(reported.getLeaseUntil())) : Optional.empty();
    }

    private static ServiceException unknown(JobId job) {
        return new ServiceException(
                ErrorCode.UNAVAILABLE,
                "Expected to know whether " + job + " is the caller's, but its node cannot be reached: go on, and try"
                        + " again soon");
    }

    /** How far what a worker said may still go. */
    private enum Reach {
        /** To the node that decides for the job, or to the one that has it. */
        ANYWHERE,
        /** To the one that has it. */
        TO_BORROWER,
        HERE
    }

    /** Another node, and how far it may pass on what it is told. */
    private record Place(String node, Reach reach) {}

    /** The node to be asked; empty for this one. */
    private Optional<Place> elsewhere(JobId id, Reach reach) {
        if (neighbourhood == null || reach == Reach.HERE) {
            return Optional.empty();
        }
        Optional<Optional<String>> known = serial.call(() -> table.find(id).map(JobReports::borrower));
        if (known.isPresent()) {
            return known.get().map(node -> new Place(node, Reach.HERE));
        }
        return reach == Reach.TO_BORROWER
                ? Optional.empty()
                : owner(neighbourhood, id).map(node -> new Place(node, Reach.TO_BORROWER));
    }

    private static Optional<String> borrower(Job job) {
        return job.state() == State.LENT
                ? job.holder().filter(holder -> !holder.isAway()).map(Holder::id)
                : Optional.empty();
    }

    private static Optional<String> owner(Neighbourhood neighbourhood, JobId job) {
        return neighbourhood.ownerOf(job.instance()).filter(owner -> !owner.equals(neighbourhood.self()));
    }

    private static ReportJob.Builder message(JobResult result) {
        ReportJob.Builder message = ReportJob.newBuilder().setKey(JobKeys.write(result.job()));
        return switch (result) {
            case JobResult.Completed completed -> message.setOutput(json(completed.output()));
            case JobResult.Failed failed ->
                message.setFailure(Failure.newBuilder()
                        .setError(json(failed.error().toJson()))
                        .setRetryable(failed.retryable()));
        };
    }

    /** Empty where the node did not answer. */
    private CompletableFuture<Optional<JobReported>> call(Place place, ReportJob.Builder report) {
        if (neighbourhood == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return neighbourhood
                .peers()
                .call(
                        place.node(),
                        Request.newBuilder()
                                .setReportJob(report.setIsForwarded(place.reach() == Reach.HERE))
                                .build())
                .handle((@Nullable Response response, @Nullable Throwable failure) -> Optional.ofNullable(response)
                        .filter(Response::hasJobReported)
                        .map(Response::getJobReported));
    }

    /** From the node that a worker spoke to, or from the one that decides for the job. */
    private CompletableFuture<Response> answer(String node, Request request) {
        ReportJob report = request.getReportJob();
        JobId job = JobKeys.read(report.getKey()).orElse(null);
        if (job == null) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("Expected the key of a job, but got " + report.getKey()));
        }
        Reach reach = report.getIsForwarded() ? Reach.HERE : Reach.TO_BORROWER;
        return switch (report.getReportCase()) {
            case OUTPUT ->
                report(new JobResult.Completed(job, null, JobMessages.json(report.getOutput())), reach)
                        .thenApply(JobReports::reported);
            case FAILURE -> report(failed(job, report.getFailure()), reach).thenApply(JobReports::reported);
            case HEARTBEAT, REPORT_NOT_SET -> {
                ByteString progress = report.getHeartbeat();
                yield heartbeat(job, progress.isEmpty() ? null : JobMessages.json(progress), reach)
                        .thenApply(JobReports::reported)
                        .exceptionally(undecided -> Response.getDefaultInstance());
            }
        };
    }

    private static JobResult failed(JobId job, Failure failure) {
        WorkflowError error = WorkflowError.fromJson(JobMessages.json(failure.getError()));
        return new JobResult.Failed(job, null, error, failure.getRetryable());
    }

    private static Response reported(boolean isAccepted) {
        return Response.newBuilder()
                .setJobReported(JobReported.newBuilder().setIsAccepted(isAccepted))
                .build();
    }

    private static Response reported(Optional<Instant> lease) {
        JobReported.Builder reported = JobReported.newBuilder().setIsAccepted(lease.isPresent());
        lease.ifPresent(until -> reported.setLeaseUntil(JobMessages.timestamp(until)));
        return Response.newBuilder().setJobReported(reported).build();
    }

    private static ByteString json(JsonNode value) {
        return ByteString.copyFrom(Json.writeBytes(value));
    }
}

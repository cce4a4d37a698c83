package io.orquestrax.server.api.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.api.rest.ErrorAnswers;
import io.orquestrax.server.job.Dispatcher;
import io.orquestrax.server.job.JobAssignment;
import io.orquestrax.server.node.NodeServices;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Work over plain HTTP: ask for jobs and wait, report, renew the lease. */
public final class JobRoutes {
    private static final String BASE = "/api/v1/jobs";
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(20);
    private static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final int MAX_JOBS = 1_000;
    private static final int MAX_NAME = 200;

    /** What is reported waits for its partition, which another node may just be recovering. */
    private static final Duration REPORT_TIME = Duration.ofSeconds(60);

    /** Reads the request on a thread that may block, and holds none while it waits. */
    private interface Call {
        CompletableFuture<HttpResponse> answer(ServiceRequestContext context, AggregatedHttpRequest request);
    }

    public void addTo(ServerBuilder server, NodeServices services) {
        addTo(server, services.dispatcher());
    }

    void addTo(ServerBuilder server, Dispatcher dispatcher) {
        add(server, "exact:" + BASE + ":activate", (context, request) -> activate(dispatcher, context, request));
        addForJob(server, "complete", (context, request) -> complete(dispatcher, context, request));
        addForJob(server, "fail", (context, request) -> fail(dispatcher, context, request));
        addForJob(server, "heartbeat", (context, request) -> heartbeat(dispatcher, context, request));
    }

    private static void addForJob(ServerBuilder server, String verb, Call call) {
        add(server, "regex:^" + BASE + "/(?<id>[^/:]+):" + verb + "$", call);
    }

    private static void add(ServerBuilder server, String path, Call call) {
        HttpService service = (context, request) -> HttpResponse.of(request.aggregate()
                .thenComposeAsync(whole -> call.answer(context, whole), context.blockingTaskExecutor())
                .exceptionally(failure -> ErrorAnswers.of(context, failure)));
        server.route().path(path).methods(HttpMethod.POST).build(service);
    }

    private static CompletableFuture<HttpResponse> activate(
            Dispatcher dispatcher, ServiceRequestContext context, AggregatedHttpRequest request) {
        RequestReader body = body(request);
        Set<String> types = Set.copyOf(body.texts("types"));
        String worker = name(body.text("worker"), "/worker");
        int max = body.optionalInteger("max", 1, MAX_JOBS).orElse(1);
        Duration wait = body.optionalDuration("wait").orElse(DEFAULT_WAIT);
        Duration lease = body.optionalDuration("lease").orElse(DEFAULT_LEASE);
        body.end();
        types.forEach(type -> name(type, "/types"));
        if (wait.compareTo(Limits.WAIT) > 0) {
            throw RequestReader.invalid("Expected at most " + Limits.WAIT + " at /wait, but got " + wait);
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw RequestReader.invalid("Expected at least " + SHORTEST_LEASE + " at /lease, but got " + lease);
        }
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, wait.plus(Limits.ANSWER_TIME));
        CompletableFuture<List<JobAssignment>> jobs = dispatcher.activate(types, worker, max, wait, lease);
        var _ = context.whenRequestCancelling().thenRun(() -> jobs.cancel(false));
        return jobs.thenApply(assignments -> answer(dispatcher, context, assignments));
    }

    /** A caller who left gets nothing; what was taken for them is offered to others at once. */
    private static HttpResponse answer(
            Dispatcher dispatcher, ServiceRequestContext context, List<JobAssignment> assignments) {
        HttpResponse response = json(JobJson.jobs(assignments));
        List<JobId> ids = assignments.stream().map(JobAssignment::id).toList();
        if (!ids.isEmpty()) {
            var _ = context.log().whenComplete().thenAccept(log -> {
                if (log.responseCause() != null) {
                    dispatcher.handBack(ids);
                }
            });
        }
        return response;
    }

    private static CompletableFuture<HttpResponse> complete(
            Dispatcher dispatcher, ServiceRequestContext context, AggregatedHttpRequest request) {
        JobId job = job(context);
        RequestReader body = body(request);
        var output = body.payload("output").orElse(Json.NODES.nullNode());
        body.end();
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, REPORT_TIME);
        return dispatcher.reports().complete(job, output).thenApply(counted -> reported(job, counted));
    }

    private static CompletableFuture<HttpResponse> fail(
            Dispatcher dispatcher, ServiceRequestContext context, AggregatedHttpRequest request) {
        JobId job = job(context);
        RequestReader body = body(request);
        var error = body.payload("error")
                .orElseThrow(() -> RequestReader.invalid("Expected an error object at /error, but there is none"));
        boolean retryable = body.optionalFlag("retryable").orElse(true);
        body.end();
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, REPORT_TIME);
        return dispatcher
                .reports()
                .fail(job, ErrorObjects.read(error), retryable)
                .thenApply(counted -> reported(job, counted));
    }

    private static CompletableFuture<HttpResponse> heartbeat(
            Dispatcher dispatcher, ServiceRequestContext context, AggregatedHttpRequest request) {
        JobId job = job(context);
        RequestReader body = body(request);
        var progress = body.payload("progress").orElse(null);
        body.end();
        return dispatcher
                .reports()
                .heartbeat(job, progress)
                .thenApply(lease -> lease.map(
                                until -> json(Json.NODES.objectNode().put("leaseUntil", until.toString())))
                        .orElseThrow(() -> notHeld(job)));
    }

    private static HttpResponse reported(JobId job, boolean counted) {
        if (!counted) {
            throw notHeld(job);
        }
        return json(Json.NODES.objectNode().put("counted", true));
    }

    private static ServiceException notHeld(JobId job) {
        return new ServiceException(
                ErrorCode.JOB_NOT_HELD,
                "Expected a job whose lease is the caller's, but " + job
                        + " is over, was reported before, or went to another worker: stop working on it");
    }

    private static JobId job(ServiceRequestContext context) {
        String text = Objects.requireNonNull(context.pathParam("id"));
        return JobId.parse(text)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.INVALID_ID,
                        "Expected the id of a job (<instance>.<activation>.<attempt>), but got \"" + text + "\""));
    }

    private static String name(String text, String pointer) {
        if (text.isBlank()) {
            throw RequestReader.invalid("Expected some text at " + pointer + ", but it is blank");
        }
        RequestReader.requireLength(text, MAX_NAME, pointer);
        return text;
    }

    /** No body at all is as good as an empty object. */
    private static RequestReader body(AggregatedHttpRequest request) {
        if (request.content().isEmpty()) {
            return RequestReader.ofOptional(new byte[0]);
        }
        MediaType type = request.contentType();
        if (type == null || !type.nameWithoutParameters().equals("application/json")) {
            throw new ServiceException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Expected the Content-Type application/json, but got " + (type == null ? "none" : type));
        }
        return RequestReader.of(request.content().array());
    }

    private static HttpResponse json(ObjectNode body) {
        return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(Json.writeBytes(body)));
    }
}

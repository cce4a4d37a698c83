package io.orquestrax.server.job;

import com.google.protobuf.ByteString;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.FindPresences;
import io.orquestrax.protocol.cluster.v1.ListWorkers;
import io.orquestrax.protocol.cluster.v1.Presences;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Request.RequestCase;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.protocol.cluster.v1.Workers;
import io.orquestrax.protocol.cluster.v1.Workers.Worker;
import io.orquestrax.server.peer.Peers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of all nodes and what they have, as pages and the API show it. What a node does not tell in time is left
 * out: nobody waits for a node that is about to be found dead.
 */
public final class Workforce {
    private static final Logger LOG = LoggerFactory.getLogger(Workforce.class);
    private static final long ANSWER_MILLIS = 1_000;

    /** Jobs that one node is asked for at a time. */
    private static final int MAX_KEYS = 1_000;

    private final Dispatcher dispatcher;
    private final @Nullable Neighbourhood neighbourhood;
    private final ServedTypes types;

    Workforce(Dispatcher dispatcher, @Nullable Neighbourhood neighbourhood, ServedTypes types) {
        this.dispatcher = dispatcher;
        this.neighbourhood = neighbourhood;
        this.types = types;
    }

    void open(Peers peers) {
        peers.respond(RequestCase.LIST_WORKERS, (node, request) -> CompletableFuture.completedFuture(ownWorkers()));
        peers.respond(
                RequestCase.FIND_PRESENCES,
                (node, request) -> CompletableFuture.completedFuture(
                        ownPresences(JobKeys.readAll(request.getFindPresences().getKeysList()))));
    }

    /** Connected to any node. Blocks. */
    public List<WorkerView> workers() {
        if (neighbourhood == null) {
            return dispatcher.workers();
        }
        String self = neighbourhood.self();
        List<WorkerView> all = new ArrayList<>();
        dispatcher.workers().forEach(worker -> all.add(worker.at(self)));
        Request request = Request.newBuilder()
                .setListWorkers(ListWorkers.getDefaultInstance())
                .build();
        ask(request)
                .forEach((node, response) ->
                        response.getWorkers().getWorkersList().forEach(worker -> all.add(view(worker, node))));
        return all;
    }

    /** Whether any worker at any node takes jobs of the type. */
    public boolean hasWorkerFor(String type) {
        return dispatcher.hasWorkerFor(type) || types.isServedElsewhere(type);
    }

    /** Who has these attempts now, at whichever node; of at most 1,000 that are not here. Blocks. */
    public Map<JobId, JobPresence> presences(Collection<JobId> jobs) {
        Map<JobId, JobPresence> found = new HashMap<>();
        jobs.forEach(job -> dispatcher.presence(job).ifPresent(presence -> found.put(job, presence)));
        List<JobId> missing = jobs.stream()
                .filter(job -> !found.containsKey(job))
                .limit(MAX_KEYS)
                .toList();
        if (!missing.isEmpty()) {
            Request request = Request.newBuilder()
                    .setFindPresences(FindPresences.newBuilder().addAllKeys(JobKeys.writeAll(missing)))
                    .build();
            ask(request)
                    .values()
                    .forEach(response -> response.getPresences()
                            .getPresencesList()
                            .forEach(each ->
                                    JobKeys.read(each.getKey()).ifPresent(job -> found.put(job, presence(each)))));
        }
        return found;
    }

    /** The answers of the other nodes that came in time, by node. */
    private Map<String, Response> ask(Request request) {
        if (neighbourhood == null) {
            return Map.of();
        }
        Map<String, CompletableFuture<Response>> calls = new HashMap<>();
        for (String node : neighbourhood.peers().linked()) {
            calls.put(node, neighbourhood.peers().call(node, request).orTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS));
        }
        Map<String, Response> answers = new HashMap<>();
        calls.forEach((node, call) -> {
            try {
                answers.put(node, call.join());
            } catch (RuntimeException silent) {
                LOG.debug("Node {} did not tell of its workers", node, silent);
            }
        });
        return answers;
    }

    private Response ownWorkers() {
        Workers.Builder workers = Workers.newBuilder();
        dispatcher.workers().forEach(view -> workers.addWorkers(message(view)));
        return Response.newBuilder().setWorkers(workers).build();
    }

    private Response ownPresences(List<JobId> jobs) {
        Presences.Builder presences = Presences.newBuilder();
        for (JobId job : jobs) {
            dispatcher.presence(job).ifPresent(presence -> presences.addPresences(message(job, presence)));
        }
        return Response.newBuilder().setPresences(presences).build();
    }

    private static Presences.Presence message(JobId job, JobPresence presence) {
        Presences.Presence.Builder message = Presences.Presence.newBuilder()
                .setKey(JobKeys.write(job))
                .setWorker(presence.worker())
                .setStartedAt(JobMessages.timestamp(presence.startedAt()));
        if (presence.progress() != null) {
            message.setProgress(ByteString.copyFrom(Json.writeBytes(presence.progress())));
        }
        return message.build();
    }

    private static JobPresence presence(Presences.Presence message) {
        return new JobPresence(
                message.getWorker(),
                JobMessages.instant(message.getStartedAt()),
                message.getProgress().isEmpty() ? null : JobMessages.json(message.getProgress()));
    }

    private static Worker message(WorkerView view) {
        return Worker.newBuilder()
                .setId(view.id())
                .setName(view.name())
                .addAllTypes(view.types())
                .setCapacity(view.capacity())
                .setRunning(view.running())
                .setHost(view.host())
                .setPid(view.pid())
                .setLanguage(view.language())
                .setSdkVersion(view.sdkVersion())
                .setBuildId(view.buildId())
                .setConnectedAt(JobMessages.timestamp(view.connectedAt()))
                .setConnection(view.transport())
                .setDraining(view.draining())
                .build();
    }

    private static WorkerView view(Worker message, String node) {
        return new WorkerView(
                message.getId(),
                message.getName(),
                message.getTypesList(),
                message.getCapacity(),
                message.getRunning(),
                message.getHost(),
                message.getPid(),
                message.getLanguage(),
                message.getSdkVersion(),
                message.getBuildId(),
                JobMessages.instant(message.getConnectedAt()),
                message.getConnection(),
                message.getDraining(),
                node);
    }
}

package io.orquestrax.server.peer;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.command.Reply;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.Ask;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.PlanCache;
import io.orquestrax.server.partition.PlanLookup;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Gives the commands that other nodes send to the partitions of this one. */
public final class AskResponder implements Peers.Responder {
    private final InstanceGateway local;
    private final Function<DefinitionRef, CompletableFuture<Plan>> plans;
    private final SoonEnds ends;
    private final BiPredicate<String, JobId> isElsewhere;

    /** A deployed definition. */
    public record DefinitionRef(DefinitionId id, String contentHash) {}

    /**
     * @param local fails with {@link io.orquestrax.server.partition.NotOwnedException} for partitions of other nodes
     * @param plans returns at once
     * @param isElsewhere whether somebody else has an attempt than the node that says that it lost it
     */
    AskResponder(
            InstanceGateway local,
            Function<DefinitionRef, CompletableFuture<Plan>> plans,
            SoonEnds ends,
            BiPredicate<String, JobId> isElsewhere) {
        this.local = local;
        this.plans = plans;
        this.ends = ends;
        this.isElsewhere = isElsewhere;
    }

    /**
     * @param blocking for what must be read from the database
     */
    public static AskResponder of(
            InstanceGateway local,
            PlanCache cache,
            PlanLookup plans,
            CommitFeed feed,
            ScheduledExecutorService blocking,
            BiPredicate<String, JobId> isElsewhere) {
        Function<DefinitionRef, CompletableFuture<Plan>> found = definition -> {
            Optional<Plan> cached = cache.find(definition.contentHash());
            return cached.isPresent()
                    ? CompletableFuture.completedFuture(cached.get())
                    : CompletableFuture.supplyAsync(() -> Orchestration.read(() -> find(plans, definition)), blocking);
        };
        return new AskResponder(local, found, new SoonEnds(feed, local::knowsAsOpen, blocking), isElsewhere);
    }

    @Override
    public CompletableFuture<Response> answer(String node, Request request) {
        Ask ask = request.getAsk();
        UUID instance = UUID.fromString(ask.getInstanceId());
        Command command = CommandCodec.decode(Json.readTrusted(ask.getCommand().toStringUtf8()));
        if (command instanceof Command.LoseJob loss
                && isElsewhere.test(node, new JobId(instance, loss.activation(), loss.attempt()))) {
            return CompletableFuture.completedFuture(Asks.refusal(Reply.Refusal.JOB_STALE));
        }
        CompletableFuture<Answer> asked = command instanceof Command.StartInstance start && ask.hasStart()
                ? start(instance, start, ask)
                : local.ask(instance, command);
        return asked.thenApply(answer -> Asks.response(answer, ask.getWantsInstance()));
    }

    private CompletableFuture<Answer> start(UUID instance, Command.StartInstance command, Ask ask) {
        Ask.Start start = ask.getStart();
        Duration wait = Durations.duration(ask.getEndWithin());
        DefinitionId id = new DefinitionId(start.getNamespace(), start.getName(), start.getVersion());
        return plans.apply(new DefinitionRef(id, start.getContentHash()))
                .thenCompose(plan -> local.start(instance, command, plan, start.getIsFresh(), wait))
                .thenCompose(answer -> wait.isPositive()
                        ? ends.await(instance, answer, wait)
                        : CompletableFuture.completedFuture(answer));
    }

    private static Plan find(PlanLookup plans, DefinitionRef definition) {
        DefinitionId id = definition.id();
        return plans.find(id.namespace(), id.name(), id.version())
                .filter(plan -> plan.contentHash().equals(definition.contentHash()))
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.DEFINITION_NOT_FOUND,
                        "Expected the definition " + id + " as the node knows it that was asked, but there is none."));
    }
}

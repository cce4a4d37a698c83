package io.orquestrax.server.partition;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.engine.event.ReceivedEvent;
import io.orquestrax.protocol.JobId;
import io.orquestrax.server.journal.Tenure;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.store.cloudevent.Listener;
import io.orquestrax.store.journal.Consequences;
import io.orquestrax.store.message.MessageRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A partition that stands in no table, and all that its instances meet: workers, children and events. */
final class RehearsalStage implements JobOutlet, AfterCommit {
    private static final String BY = "rehearsal";
    private static final String FAILING = "rehearse-failure";
    private static final Duration EVENT_KEPT = Duration.ofMinutes(1);

    private final PartitionParts parts;
    private final Partition partition;
    private final Tenure tenure;
    private final Plan plan;
    private final Map<UUID, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final AtomicInteger completed = new AtomicInteger();

    /** @param number of no partition that there is */
    RehearsalStage(int number, PartitionParts parts, Plan plan, PartitionMeters meters, HistoryParts histories) {
        this.parts = parts;
        this.plan = plan;
        this.tenure = new Tenure(number, 1);
        StartResolver resolver =
                new StartResolver(parts.messaging().plans(), parts.queries(), parts.recoveryParallelism());
        this.partition =
                new Partition(number, parts, meters, histories, this, resolver, instance -> number, this, () -> {});
    }

    void begin() {
        partition.start();
        partition.serve(tenure);
    }

    /** Completes when an instance has come to its end, or cannot. */
    CompletableFuture<Void> perform(int number) {
        UUID instance = parts.messaging().ids().next();
        CompletableFuture<Void> end = new CompletableFuture<>();
        open.put(instance, end);
        Command.StartInstance start = new Command.StartInstance(null, numbered(number), Map.of(), BY);
        ask(instance, start, new Message.Birth(plan, true));
        return end;
    }

    /** Nothing goes on from now on. */
    void end() {
        tenure.lose();
        partition.leave();
        partition.stop();
    }

    private void ask(UUID instance, Command command, Message.@Nullable Birth birth) {
        partition.ask(instance, command, birth).whenComplete((answer, failure) -> {
            Status status = failure == null ? answer.instance().get().status() : Status.FAULTED;
            CompletableFuture<Void> end = status.isClosed() ? open.remove(instance) : null;
            if (end != null) {
                completed.addAndGet(status == Status.COMPLETED ? 1 : 0);
                end.complete(null);
            }
        });
    }

    /** How many instances came to their end. */
    int completed() {
        return completed.get();
    }

    @Override
    public void offer(JobOffer offer) {
        Command result = offer.type().equals(FAILING)
                ? new Command.FailJob(
                        offer.activation(),
                        offer.attempt(),
                        BY,
                        partition.now(),
                        new WorkflowError("about:blank", 503, null, "Rehearsed", null),
                        false,
                        null,
                        null)
                : new Command.CompleteJob(offer.activation(), offer.attempt(), BY, partition.now(), offer.arguments());
        ask(offer.instance(), result, null);
    }

    @Override
    public void committed(Consequences consequences) {
        consequences.messages().forEach(this::answer);
        consequences.subscriptions().forEach((listener, rows) -> {
            if (!rows.isEmpty()) {
                tell(listener);
            }
        });
    }

    private void answer(MessageRow message) {
        if (MessageCodec.content(message) instanceof MessageContent.Start start
                && start.origin() instanceof Origin.Parent parent) {
            Command report = new Command.ReportChild(
                    parent.activation(), message.instance(), Status.COMPLETED, start.input(), null);
            ask(parent.instance(), report, null);
        }
    }

    private void tell(Listener listener) {
        JsonNode envelope = Json.NODES
                .objectNode()
                .put("specversion", "1.0")
                .put("id", listener.instance().toString())
                .put("source", "urn:orquestrax:rehearsal")
                .put("type", "orquestrax.rehearsal")
                .set("data", numbered(0));
        ReceivedEvent event =
                new ReceivedEvent(listener.activation(), partition.now().plus(EVENT_KEPT), envelope);
        ask(listener.instance(), new Command.DeliverEvent(event), null);
    }

    private static JsonNode numbered(int number) {
        return Json.NODES.objectNode().put("number", number);
    }

    @Override
    public void offerRecovered(List<JobOffer> offers) {
        offers.forEach(this::offer);
    }

    @Override
    public void offerRecovered(List<JobOffer> offers, long epoch) {
        offers.forEach(this::offer);
    }

    @Override
    public void withdraw(JobId job) {}

    @Override
    public void hold(JobId job) {}

    @Override
    public void ended(JobId job) {}

    @Override
    public void forget(Predicate<UUID> instances) {}

    @Override
    public void handOver(Predicate<UUID> instances, long epoch, String next) {}
}

package io.orquestrax.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.engine.Status;
import io.orquestrax.engine.activation.Activation;
import io.orquestrax.engine.activation.Activation.State;
import io.orquestrax.server.event.EventView;
import io.orquestrax.server.job.WorkerView;
import io.orquestrax.server.schedule.ScheduledTrigger;
import io.orquestrax.store.cloudevent.StoredEvent;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.EventRow;
import io.orquestrax.store.instance.InstanceRow;
import io.orquestrax.store.schedule.ScheduleRow;
import io.orquestrax.store.schedule.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a busy installation could hold. */
final class SampleData {
    static final Instant NOW = Instant.parse("2026-03-14T22:41:07.412Z");
    static final DefinitionId PIPELINE = new DefinitionId("examples", "data-pipeline", "1.0.0");
    static final DefinitionId ORDER = new DefinitionId("shop", "fulfil-order", "4.12.0");
    static final DefinitionId INVOICE = new DefinitionId("finance", "monthly-invoice-reconciliation", "2.0.3");

    private static final String LONG_KEY =
            "customer/4711/region/eu-central-1/order/2026-03-14T22:41:07.412Z/attempt/7/with-a-very-long-tail";

    private SampleData() {}

    static UUID id(int number) {
        return UUID.fromString(String.format(
                "019cede4-%04x-7%03x-9a3b-5d0c41e07%03x", 0x8f20 - number * 37, number * 91 % 4096, number));
    }

    static InstanceRow row(
            int number,
            DefinitionId definition,
            @Nullable String key,
            Status status,
            Duration ago,
            @Nullable Duration took) {
        Instant started = NOW.minus(ago);
        Instant closed = took == null ? null : started.plus(took);
        return new InstanceRow(
                id(number),
                3,
                definition,
                "ab".repeat(32),
                key,
                status,
                started,
                started,
                closed,
                null,
                null,
                null,
                null,
                Map.of());
    }

    static List<InstanceRow> rows() {
        List<InstanceRow> rows = new ArrayList<>();
        rows.add(row(0, ORDER, "order-10482", Status.PENDING, Duration.ofMillis(300), null));
        rows.add(row(1, ORDER, "order-10481", Status.RUNNING, Duration.ofSeconds(4), null));
        rows.add(row(2, PIPELINE, null, Status.RUNNING, Duration.ofSeconds(31), null));
        rows.add(row(3, INVOICE, LONG_KEY, Status.WAITING, Duration.ofMinutes(6), null));
        rows.add(row(4, ORDER, "order-10480", Status.FAULTED, Duration.ofMinutes(7), Duration.ofMillis(8421)));
        rows.add(row(5, ORDER, "order-10479", Status.COMPLETED, Duration.ofMinutes(8), Duration.ofMillis(2312)));
        rows.add(row(6, ORDER, "order-10478", Status.SUSPENDED, Duration.ofMinutes(9), null));
        rows.add(row(7, ORDER, "order-10477", Status.CANCELLED, Duration.ofMinutes(11), Duration.ofSeconds(42)));
        for (int number = 8; number < 24; number++) {
            rows.add(row(
                    number,
                    number % 3 == 0 ? PIPELINE : ORDER,
                    number % 3 == 0 ? null : "order-" + (10484 - number),
                    Status.COMPLETED,
                    Duration.ofMinutes(number * 4L),
                    Duration.ofMillis(number * 613L)));
        }
        return rows;
    }

    static InstanceRow instance(Status status) {
        Instant started = NOW.minusSeconds(94);
        Instant closed = status.isClosed() ? NOW.minusSeconds(3) : null;
        return new InstanceRow(
                id(2),
                3,
                PIPELINE,
                "ab".repeat(32),
                "iris-2026-03-14",
                status,
                started,
                NOW,
                closed,
                null,
                "{\"file\":\"examples/data-pipeline/iris.csv\",\"options\":{\"delimiter\":\",\",\"header\":true,\"columns\":"
                        + "[0,1,2,3],\"labels\":[\"setosa\",\"versicolor\",\"virginica\"],\"ratio\":0.80}}",
                status == Status.COMPLETED
                        ? "{\"accuracy\":0.9667,\"rows\":150,\"model\":\"s3://models/iris/17\"}"
                        : null,
                status == Status.FAULTED ? Json.write(fault().toJson()) : null,
                Map.of("team", "research", "environment", "staging"));
    }

    static WorkflowError fault() {
        return new WorkflowError(
                "https://serverlessworkflow.io/spec/1.0.0/errors/runtime",
                500,
                "/do/3/train",
                "Training did not converge",
                "Expected a loss below 0.05 after 200 epochs, but it was 0.31.\n"
                        + "  at examples.pipeline.Train.fit(Train.java:84)\n"
                        + "  at examples.pipeline.Train.handle(Train.java:41)");
    }

    static List<Activation> activations(State last) {
        WorkflowError error = last == State.FAULTED || last == State.RETRYING ? fault() : null;
        Instant dueAt = last == State.RETRYING ? NOW.plusSeconds(12) : null;
        return List.of(
                step(1, 0, "/do/0/ingest", "ingest", "call", State.COMPLETED, 1, "pipeline.ingest", 94, 91),
                step(2, 0, "/do/1/remember", "remember", "set", State.COMPLETED, 0, null, 91, 91),
                step(3, 0, "/do/2/clean", "clean", "do", State.COMPLETED, 0, null, 91, 62),
                step(
                        4,
                        3,
                        "/do/2/clean/do/0/deduplicate",
                        "deduplicate",
                        "call",
                        State.COMPLETED,
                        3,
                        "pipeline.clean",
                        91,
                        70),
                step(
                        5,
                        3,
                        "/do/2/clean/do/1/normalise",
                        "normalise",
                        "call",
                        State.COMPLETED,
                        1,
                        "pipeline.clean",
                        70,
                        62),
                step(6, 3, "/do/2/clean/do/2/impute", "impute", "call", State.SKIPPED, 0, null, 62, 62),
                new Activation(
                        7,
                        0,
                        "/do/3/train",
                        "train",
                        "call",
                        last,
                        2,
                        "pipeline.train",
                        last == State.QUEUED ? null : "worker-eu-2",
                        NOW.minusSeconds(62),
                        last == State.FAULTED ? NOW.minusSeconds(3) : null,
                        json("{\"rows\":147,\"epochs\":200}"),
                        null,
                        error,
                        last == State.RUNNING ? json("{\"done\":84,\"total\":200,\"message\":\"loss 0.31\"}") : null,
                        dueAt,
                        last == State.QUEUED ? "No worker for type pipeline.train is connected." : null));
    }

    private static Activation step(
            long activation,
            long parent,
            String task,
            String name,
            String kind,
            State state,
            int attempt,
            @Nullable String jobType,
            int from,
            int to) {
        return new Activation(
                activation,
                parent,
                task,
                name,
                kind,
                state,
                attempt,
                jobType,
                jobType == null ? null : "worker-eu-1",
                NOW.minusSeconds(from),
                NOW.minusSeconds(to).plusMillis(activation * 37),
                json("{\"file\":\"examples/data-pipeline/iris.csv\",\"rows\":150}"),
                json("{\"rows\":147,\"dropped\":3,\"digest\":\"sha256:9f2b\"}"),
                null,
                null,
                null,
                null);
    }

    static List<EventRow> events() {
        List<EventRow> events = new ArrayList<>();
        event(
                events,
                94,
                "InstanceStarted",
                null,
                0,
                0,
                "{\"definition\":\"examples/data-pipeline/1.0.0\",\"startedBy\":\"anonymous\"}");
        event(events, 94, "JobCreated", "/do/0/ingest", 1, 1, "{\"type\":\"pipeline.ingest\",\"parent\":0}");
        event(
                events,
                91,
                "TaskCompleted",
                "/do/0/ingest",
                1,
                1,
                "{\"output\":{\"rows\":150},\"worker\":\"worker-eu-1\"}");
        event(events, 91, "TaskCompleted", "/do/1/remember", 2, 0, "{\"output\":{\"rows\":150}}");
        event(events, 91, "TaskStarted", "/do/2/clean", 3, 0, "{}");
        event(events, 91, "JobCreated", "/do/2/clean/do/0/deduplicate", 4, 1, "{\"type\":\"pipeline.clean\"}");
        event(
                events,
                84,
                "JobLost",
                "/do/2/clean/do/0/deduplicate",
                4,
                1,
                "{\"reason\":\"WORKER_GONE\",\"worker\":\"worker-eu-3\"}");
        event(
                events,
                78,
                "JobFailed",
                "/do/2/clean/do/0/deduplicate",
                4,
                2,
                "{\"error\":{\"title\":\"Out of memory\",\"status\":500}}");
        event(events, 74, "JobRetried", "/do/2/clean/do/0/deduplicate", 4, 3, "{}");
        event(events, 70, "TaskCompleted", "/do/2/clean/do/0/deduplicate", 4, 3, "{\"output\":{\"rows\":147}}");
        return events;
    }

    private static void event(
            List<EventRow> events,
            int ago,
            String type,
            @Nullable String task,
            long activation,
            int attempt,
            String data) {
        long sequence = events.size() + 1L;
        events.add(new EventRow(
                id(2),
                sequence,
                NOW.minusSeconds(ago).plusMillis(sequence * 7),
                type,
                task,
                activation,
                attempt,
                data));
    }

    static StoredDefinition definition(DefinitionId id, String title, String summary, Duration ago) {
        return new StoredDefinition(id, "5f3c9a41".repeat(8), title, summary, SOURCE, NOW.minus(ago), "anonymous");
    }

    static List<StoredDefinition> definitions() {
        List<StoredDefinition> definitions = new ArrayList<>();
        definitions.add(definition(
                PIPELINE, "Data pipeline", "Reads a file, cleans it and trains a model.", Duration.ofHours(3)));
        definitions.add(definition(
                INVOICE, "Monthly invoice reconciliation", "Matches payments with invoices.", Duration.ofDays(12)));
        for (int minor = 12; minor >= 6; minor--) {
            definitions.add(definition(
                    new DefinitionId("shop", "fulfil-order", "4." + minor + ".0"),
                    "Fulfil an order",
                    "From payment to parcel.",
                    Duration.ofDays(2 + 12L - minor)));
        }
        return definitions;
    }

    static List<WorkerView> workers() {
        return List.of(
                new WorkerView(
                        "019cede0-11aa-7c01-8b52-4d3e9a0c77f1",
                        "worker-eu-1",
                        List.of("pipeline.ingest", "pipeline.clean", "pipeline.train", "pipeline.report"),
                        16,
                        5,
                        "ip-10-3-14-7.eu-central-1",
                        48121,
                        "java",
                        "0.1.0",
                        "pipeline-1.4.2",
                        NOW.minusSeconds(8112),
                        "stream",
                        false),
                new WorkerView(
                        "019cede0-2f10-7aa4-9e10-1c7b2d90e410",
                        "worker-eu-2",
                        List.of("pipeline.train"),
                        4,
                        4,
                        "gpu-2",
                        977,
                        "java",
                        "0.1.0",
                        "pipeline-1.4.2",
                        NOW.minusSeconds(3904),
                        "stream",
                        true),
                new WorkerView(
                        "019cede4-0b33-71b7-a6f5-77c0aa1d2e09",
                        "mailer",
                        List.of("mail.send", "mail.render"),
                        32,
                        0,
                        "mail-1",
                        20113,
                        "python",
                        "–",
                        "",
                        NOW.minusSeconds(42),
                        "http",
                        false));
    }

    static List<Problem> problems() {
        return List.of(
                new Problem(
                        "unknown-property",
                        "Expected one of call, do, emit, for, fork, listen, raise, run, set, switch, try, wait, but found \"cal\".",
                        "/do/0/ingest/cal",
                        9,
                        7,
                        Problem.Severity.ERROR),
                new Problem(
                        "unknown-target",
                        "Expected the name of a task of this list, but there is no task \"trian\".",
                        "/do/2/clean/then",
                        15,
                        13,
                        Problem.Severity.ERROR),
                new Problem(
                        "unused-task",
                        "Expected some task to lead here, but none does.",
                        "/do/3/train",
                        20,
                        5,
                        Problem.Severity.WARNING));
    }

    static JsonNode json(String text) {
        return Json.readTrusted(text);
    }

    static final String SOURCE = """
            # Reads a file, cleans it and trains a model.
            document:
              dsl: 1.0.3
              namespace: examples
              name: data-pipeline
              version: 1.0.0
            do:
              - ingest:
                  cal: pipeline.ingest
                  with:
                    file: ${ .file }
              - remember:
                  set:
                    rows: ${ .rows }
                  then: trian
              - clean:
                  do:
                    - deduplicate:
                        call: pipeline.clean
                        with: { mode: strict, columns: [sepalLength, sepalWidth, petalLength, petalWidth], note: "a long line that goes on and on" }
                    - normalise:
                        call: pipeline.clean
              - train:
                  call: pipeline.train
                  with:
                    epochs: 200
            """;

    /** An event in each state. */
    static List<EventView> receivedEvents() {
        String envelope = "{\"specversion\":\"1.0\",\"id\":\"o-4711-paid\",\"source\":\"/shop\","
                + "\"type\":\"com.example.order.paid\",\"data\":{\"order\":4711,\"sum\":1.10}}";
        List<EventView> events = new ArrayList<>();
        for (EventView.State state : EventView.State.values()) {
            int number = events.size();
            StoredEvent event = new StoredEvent(
                    900 - number,
                    number == 2 ? "https://tills.example.com/europe/berlin/till/7" : "/shop",
                    "0196c2f4-1fd0-7a11-8c3b-0a1b2c3d4e5f",
                    number == 1
                            ? "com.example.warehouse.parcel-left-the-distribution-centre.v2"
                            : "com.example.order.paid",
                    number % 2 == 0 ? "order/4711" : null,
                    number == 0 ? id(2) : null,
                    NOW.minusSeconds(3 + 95L * number),
                    number > 0,
                    number > 1 ? 3 : 0,
                    state == EventView.State.CONSUMED,
                    state == EventView.State.CONSUMED ? 1 : 0,
                    envelope);
            events.add(new EventView(event, state, NOW.plusSeconds(3_600), List.of(id(3))));
        }
        return events;
    }

    /** A trigger of each kind, one paused, one that never fired. */
    static List<ScheduledTrigger> schedules() {
        return List.of(
                schedule("nightly-settlement", Trigger.CRON, "cron 0 5 * * * (Europe/Berlin)", false, 17, 412),
                schedule("nightly-settlement", Trigger.ON, "on all of com.example.shop.day-closed", false, -1, 3),
                schedule("sweep-abandoned-carts", Trigger.EVERY, "every 15 min", false, 4, 10_482),
                schedule("import-prices", Trigger.AFTER, "5 min after the end of the last", false, -1, 96),
                schedule("rebuild-search-index", Trigger.EVERY, "every 1 d", true, 300, 0));
    }

    private static ScheduledTrigger schedule(
            String name, Trigger trigger, String words, boolean isPaused, int minutes, long count) {
        Instant next = minutes < 0 ? null : NOW.plusSeconds(minutes * 60L);
        ScheduleRow row = new ScheduleRow(
                new DefinitionId("shop", name, "1.4.0"),
                "hash",
                trigger,
                "PT15M",
                null,
                isPaused,
                next,
                null,
                count == 0 ? null : NOW.minusSeconds(660),
                count == 0 ? null : UUID.fromString("019ab3f2-5d1c-7c3a-9a51-2f1f0c8d4e11"),
                count);
        return new ScheduledTrigger(row, words, next == null || isPaused ? List.of() : List.of(next));
    }
}

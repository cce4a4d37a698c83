package io.orquestrax.bench.torture.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instance whose history a test writes line by line; a second passes with each. */
final class TestingHistory {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final String id;
    private final String definition;
    private final List<EventEvidence> events = new ArrayList<>();
    private @Nullable String key = "key";
    private String status = "completed";
    private @Nullable JsonNode output;
    private boolean closed = true;

    TestingHistory(String id, String definition) {
        this.id = id;
        this.definition = definition;
    }

    /** A child with the number 0 that completed as it should. */
    static TestingHistory ofChild() {
        return new TestingHistory("01a22ae7-8f55-70d3-b1e4-d1d9c8dc84c4", "child")
                .add("InstanceStarted", 0, 0)
                .add("JobCreated", 1, 1)
                .executed("TaskCompleted", 1, 1)
                .due("WaitStarted", 2, 4)
                .add("TaskCompleted", 2, 0)
                .add("InstanceCompleted", 0, 0)
                .output("{\"number\":5}");
    }

    TestingHistory add(String type, long activation, int attempt) {
        return add(type, activation, attempt, null, null, null);
    }

    /** The event tells that a worker has executed its attempt. */
    TestingHistory executed(String type, long activation, int attempt) {
        return add(type, activation, attempt, attempt, null, null);
    }

    /** @param second after the begin at which it is due */
    TestingHistory due(String type, long activation, int second) {
        return add(type, activation, 0, null, BEGIN.plusSeconds(second), null);
    }

    TestingHistory consumed(long activation, long position) {
        return add("EventConsumed", activation, 0, null, null, position);
    }

    TestingHistory without(int index) {
        events.remove(index);
        return this;
    }

    TestingHistory output(String json) {
        output = Json.readTrusted(json);
        return this;
    }

    TestingHistory status(String value) {
        status = value;
        return this;
    }

    TestingHistory key(@Nullable String value) {
        key = value;
        return this;
    }

    TestingHistory open() {
        closed = false;
        status = "waiting";
        events.removeLast();
        return this;
    }

    InstanceEvidence evidence() {
        return evidence(0, 60);
    }

    /** @param from second at which it started, as {@code to} is when it was closed */
    InstanceEvidence evidence(int from, int to) {
        return new InstanceEvidence(
                id,
                0,
                definition,
                key,
                status,
                Json.readTrusted("{\"number\":0}"),
                output,
                null,
                BEGIN.plusSeconds(from),
                closed ? BEGIN.plusSeconds(to) : null,
                events);
    }

    private TestingHistory add(
            String type,
            long activation,
            int attempt,
            @Nullable Integer executed,
            @Nullable Instant due,
            @Nullable Long position) {
        int number = events.size() + 1;
        Instant at = BEGIN.plusSeconds(number);
        events.add(new EventEvidence(number, type, at, at, activation, attempt, executed, due, position));
        return this;
    }
}

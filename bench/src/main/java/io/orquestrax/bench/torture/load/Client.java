package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.bench.torture.load.Acknowledgement.Act;
import io.orquestrax.bench.torture.load.Acknowledgement.Acted;
import io.orquestrax.bench.torture.load.Acknowledgement.Ended;
import io.orquestrax.bench.torture.load.Acknowledgement.Published;
import io.orquestrax.bench.torture.load.Acknowledgement.Started;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Accompanies the instances of one number from their start to their end. */
final class Client {
    private static final Duration AWAIT_LIMIT = Duration.ofSeconds(15);
    private static final long LONGEST_HESITATION_MILLIS = 1_500;
    private static final double SENT_TWICE = 0.3;
    private static final String SOURCE = "/torture";
    private static final Set<String> DONE = Set.of("instance-closed", "instance-not-suspended", "instance-suspended");

    private final Door door;
    private final ClientRecord record;
    private final Insistence insistence;
    private final long number;
    private final SplittableRandom random;

    Client(Door door, ClientRecord record, long number, SplittableRandom random) {
        this.door = door;
        this.record = record;
        this.insistence = new Insistence(door, record);
        this.number = number;
        this.random = random;
    }

    /** @throws InterruptedException when the run is over */
    void run(Scenario scenario) throws InterruptedException {
        switch (scenario) {
            case STEPS, BRANCHES, PARENT, TIMERS -> awaitEnd(start(scenario, ""));
            case LISTENER -> listen();
            case CANCELLED -> cancel();
            case SUSPENDED -> suspendAndResume();
            case PROBE, CHILD, SCHEDULED ->
                throw new IllegalArgumentException("Expected a scenario that clients start, but got " + scenario);
        }
    }

    private void listen() throws InterruptedException {
        String first = start(Scenario.LISTENER, "-a");
        // Both start before the events come: then each of them is offered all, whenever it comes to listen.
        String second = start(Scenario.LISTENER, "-b");
        if (random.nextBoolean()) {
            hesitate();
        }
        publishAll();
        awaitEnd(first);
        awaitEnd(second);
    }

    private void publishAll() throws InterruptedException {
        for (int part = 1; part <= Scenario.EVENTS; part++) {
            publish(part);
            if (random.nextDouble() < SENT_TWICE) {
                publish(part);
            }
        }
    }

    private void cancel() throws InterruptedException {
        String instance = start(Scenario.CANCELLED, "");
        hesitate();
        act(instance, Act.CANCEL);
        awaitEnd(instance);
    }

    private void suspendAndResume() throws InterruptedException {
        String instance = start(Scenario.SUSPENDED, "");
        hesitate();
        act(instance, Act.SUSPEND);
        hesitate();
        act(instance, Act.RESUME);
        awaitEnd(instance);
    }

    private String start(Scenario scenario, String suffix) throws InterruptedException {
        String key = scenario.definition() + "-" + number + suffix;
        JsonNode input = Json.NODES.objectNode().put("number", number);
        String instance = insistence.until("start", () -> door.start(scenario.definition(), key, input));
        record.add(new Started(instance, scenario, number, key, Instant.now()));
        return instance;
    }

    private void act(String instance, Act act) throws InterruptedException {
        Optional<Boolean> answer = insistence.until(act.word(), DONE, () -> {
            door.act(instance, act);
            return true;
        });
        if (answer.isPresent()) {
            record.add(new Acted(instance, act, Instant.now()));
        }
    }

    private void publish(int part) throws InterruptedException {
        String id = number + "-" + part;
        ObjectNode event = Json.NODES.objectNode();
        event.put("specversion", "1.0").put("id", id).put("source", SOURCE).put("type", Scenario.EVENT_TYPE);
        event.putObject("data").put("number", number).put("part", part);
        boolean taken = insistence.until("publish", () -> {
            door.publish(event);
            return true;
        });
        if (taken) {
            record.add(new Published(SOURCE, id, Instant.now()));
        }
    }

    private void awaitEnd(String instance) throws InterruptedException {
        Optional<Door.End> end = Optional.empty();
        while (end.isEmpty()) {
            end = insistence.until(ClientRecord.AWAIT, () -> door.await(instance, AWAIT_LIMIT));
        }
        record.add(new Ended(instance, end.get().status(), end.get().output(), Instant.now()));
    }

    private void hesitate() throws InterruptedException {
        Thread.sleep(random.nextLong(LONGEST_HESITATION_MILLIS));
    }
}

package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * In a subscription that does something with each message.
 *
 * @param arguments of the jobs that bring messages
 * @param since when it began
 * @param looksBack whether the messages are needed after their turn
 * @param count of the messages whose turn has begun
 * @param values those messages, where they are needed
 * @param outputs what the task's output consists of so far
 * @param queue messages that wait for their turn
 * @param isOver whether no more are to be brought
 * @param message the one whose turn it is; null between two
 * @param value the data that flows through the list
 */
public record InSubscription(
        JsonNode arguments,
        Instant since,
        boolean looksBack,
        int count,
        PVector<JsonNode> values,
        PVector<JsonNode> outputs,
        PVector<JsonNode> queue,
        boolean isOver,
        Phase phase,
        @Nullable JsonNode message,
        Position position,
        JsonNode value)
        implements Progress.OfList {

    /** What the task does. */
    public enum Phase {
        /** A job brings messages. */
        FETCHING,
        /** A message goes through the list. */
        MESSAGE,
        /** A message went through it, and no job is needed for what comes then. */
        BETWEEN
    }

    static InSubscription with(long activation, JsonNode arguments, Instant since) {
        JsonNode consume = arguments.path("with").path("subscription");
        return new InSubscription(
                        keyed(arguments, activation, since),
                        since,
                        consume.path("looksBack").asBoolean(),
                        0,
                        TreePVector.empty(),
                        TreePVector.empty(),
                        TreePVector.empty(),
                        false,
                        Phase.FETCHING,
                        null,
                        new Position.AtStart(),
                        arguments)
                .fetching();
    }

    /** The same subscription over all jobs. */
    private static JsonNode keyed(JsonNode arguments, long activation, Instant since) {
        ObjectNode place = Json.NODES
                .objectNode()
                .put("activation", String.valueOf(activation))
                .put("since", since.toString());
        return withPlace(arguments, place);
    }

    private static JsonNode withPlace(JsonNode arguments, ObjectNode place) {
        ObjectNode all = copied(arguments);
        ObjectNode with = copied(arguments.path("with"));
        ObjectNode subscription = copied(arguments.path("with").path("subscription"));
        subscription.set("foreach", place);
        with.set("subscription", subscription);
        return all.set("with", with);
    }

    private static ObjectNode copied(JsonNode object) {
        ObjectNode copy = Json.NODES.objectNode();
        object.properties().forEach(each -> copy.set(each.getKey(), each.getValue()));
        return copy;
    }

    private InSubscription fetching() {
        ObjectNode place = copied(arguments.path("with").path("subscription").path("foreach"));
        place.put("count", count);
        return at(Phase.FETCHING, null, new Position.AtStart(), withPlace(arguments, place));
    }

    /**
     * The next message's turn begins.
     *
     * @param input what flows into the list; null for the message itself
     */
    InSubscription iterating(@Nullable JsonNode input) {
        PVector<JsonNode> waiting = queue;
        boolean over = isOver;
        if (phase == Phase.FETCHING) {
            // The job is done, and its output is what flows.
            for (JsonNode each : value.path("messages")) {
                waiting = waiting.plus(each);
            }
            over = value.path("over").asBoolean();
        }
        JsonNode next = waiting.getFirst();
        return new InSubscription(
                arguments,
                since,
                looksBack,
                count + 1,
                looksBack ? values.plus(next) : values,
                outputs,
                waiting.minus(0),
                over,
                Phase.MESSAGE,
                next,
                new Position.AtStart(),
                input == null ? next : input);
    }

    /** The turn of the message is over. */
    InSubscription iterated(JsonNode output) {
        InSubscription done = new InSubscription(
                arguments,
                since,
                looksBack,
                count,
                values,
                outputs.plus(output),
                queue,
                isOver,
                Phase.BETWEEN,
                null,
                new Position.AtStart(),
                value);
        return queue.isEmpty() && !isOver ? done.fetching() : done;
    }

    /** Whether it may be over before the next job, by what the author said. */
    public boolean isBeforeFetch() {
        return phase == Phase.FETCHING && position instanceof Position.AtStart;
    }

    @Override
    public InSubscription moved(Position to, JsonNode carrying) {
        return at(phase, message, to, carrying);
    }

    private InSubscription at(Phase in, @Nullable JsonNode current, Position to, JsonNode carrying) {
        return new InSubscription(
                arguments, since, looksBack, count, values, outputs, queue, isOver, in, current, to, carrying);
    }

    /** All messages so far, where they are needed. */
    public List<JsonNode> seen() {
        return values;
    }

    @Override
    public boolean isReady() {
        return phase == Phase.BETWEEN || position.isReady();
    }
}

package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/**
 * In a {@code listen}.
 *
 * @param expectations what the filters' expressions came to
 * @param isForeach whether each event goes through a list before it enters the output
 * @param looksBack whether the values that were read are needed after that
 * @param filters the numbers of those that took an event
 * @param values what was read of the events, where they are needed and are not the outputs
 * @param outputs what the task's output consists of so far
 * @param queue events that wait for their turn in the list
 * @param item the one whose turn it is; null between two
 * @param isSatisfied whether no more events are waited for
 */
public record InListen(
        JsonNode expectations,
        boolean isForeach,
        boolean looksBack,
        PSortedSet<Integer> filters,
        PVector<JsonNode> values,
        PVector<JsonNode> outputs,
        PVector<JsonNode> queue,
        @Nullable Item item,
        boolean isSatisfied)
        implements Progress.Holder {

    /**
     * An event in the list.
     *
     * @param event what was read of it
     * @param value the data that flows through the list
     */
    public record Item(JsonNode event, Position position, JsonNode value) {}

    static InListen to(JsonNode expectations, boolean isForeach, boolean looksBack) {
        return new InListen(
                expectations,
                isForeach,
                looksBack,
                TreePSet.empty(),
                TreePVector.empty(),
                TreePVector.empty(),
                TreePVector.empty(),
                null,
                false);
    }

    /** What was read so far of the events that were asked for. */
    public List<JsonNode> seen() {
        return isForeach ? values : outputs;
    }

    /**
     * @param value null where the event only ends the listening
     */
    InListen consumed(int filter, @Nullable JsonNode value, boolean satisfies) {
        PVector<JsonNode> read = value != null && isForeach && looksBack ? values.plus(value) : values;
        PVector<JsonNode> done = value != null && !isForeach ? outputs.plus(value) : outputs;
        PVector<JsonNode> waiting = value != null && isForeach ? queue.plus(value) : queue;
        return new InListen(
                expectations,
                isForeach,
                looksBack,
                filters.plus(filter),
                read,
                done,
                waiting,
                item,
                isSatisfied || satisfies);
    }

    /**
     * The next event's turn begins.
     *
     * @param value what flows into the list; null for the event itself
     */
    InListen iterating(@Nullable JsonNode value) {
        JsonNode event = queue.getFirst();
        return with(outputs, queue.minus(0), new Item(event, new Position.AtStart(), value == null ? event : value));
    }

    /** The turn of the event is over. */
    InListen iterated(JsonNode output) {
        return with(outputs.plus(output), queue, null);
    }

    private InListen with(PVector<JsonNode> done, PVector<JsonNode> waiting, @Nullable Item current) {
        return new InListen(expectations, isForeach, looksBack, filters, values, done, waiting, current, isSatisfied);
    }

    @Override
    public boolean isReady() {
        return item == null ? isSatisfied || !queue.isEmpty() : item.position().isReady();
    }

    @Override
    public JsonNode value() {
        return current().value();
    }

    @Override
    public InListen moved(String task, Position to, JsonNode carrying) {
        return with(outputs, queue, new Item(current().event(), to, carrying));
    }

    @Override
    public Collection<Long> inside() {
        return item != null && item.position() instanceof Position.Inside inside
                ? List.of(inside.activation())
                : List.of();
    }

    private Item current() {
        if (item == null) {
            throw new IllegalArgumentException("Expected an event in the list of a listen task");
        }
        return item;
    }
}

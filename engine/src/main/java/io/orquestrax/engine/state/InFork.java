package io.orquestrax.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.Directive;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * In a {@code fork}. Each step costs the logarithm of the number of branches.
 *
 * @param compete whether the first branch to complete wins
 * @param size how many branches there are
 * @param next the first that has not begun
 * @param again those that failed and are to run again
 * @param running the activations of those that run
 * @param outputs of those that completed
 * @param failed how many dropped out of a competition
 * @param verdict what ends the fork before all have ended; null before
 * @param value the raw input of each branch
 */
public record InFork(
        boolean compete,
        int size,
        int next,
        PSortedSet<Integer> again,
        PSortedMap<Integer, Long> running,
        PMap<Integer, JsonNode> outputs,
        int failed,
        @Nullable Verdict verdict,
        JsonNode value)
        implements Progress.Holder {

    /**
     * @param output of the branch that decided
     * @param endsWorkflow whether that branch said {@code end}; otherwise it won
     */
    public record Verdict(JsonNode output, boolean endsWorkflow) {}

    static InFork of(boolean compete, int size, JsonNode value) {
        return new InFork(compete, size, 0, TreePSet.empty(), TreePMap.empty(), TreePMap.empty(), 0, null, value);
    }

    /** Whether every branch has ended without an error. */
    public boolean isJoined() {
        return outputs.size() == size;
    }

    /** Whether no competitor is left. */
    public boolean isLost() {
        return compete && failed == size && size > 0;
    }

    @Override
    public boolean isReady() {
        return verdict != null || next < size || !again.isEmpty() || isJoined();
    }

    @Override
    public Collection<Long> inside() {
        return running.values();
    }

    @Override
    public InFork moved(String task, Position to, JsonNode carrying) {
        int index = indexOf(task);
        int following = Math.max(next, index + 1);
        return switch (to) {
            case Position.AtStart start -> throw new IllegalArgumentException("Expected a branch to move at " + task);
            case Position.Inside inside ->
                new InFork(
                        compete,
                        size,
                        following,
                        again.minus(index),
                        running.plus(index, inside.activation()),
                        outputs,
                        failed,
                        verdict,
                        value);
            case Position.Before before ->
                new InFork(
                        compete,
                        size,
                        following,
                        compete ? again : again.plus(index),
                        running.minus(index),
                        outputs,
                        failed + (compete ? 1 : 0),
                        verdict,
                        value);
            case Position.After after ->
                new InFork(
                        compete,
                        size,
                        following,
                        again.minus(index),
                        running.minus(index),
                        outputs.plus(index, carrying),
                        failed,
                        verdictAfter(after, carrying),
                        value);
        };
    }

    private @Nullable Verdict verdictAfter(Position.After after, JsonNode output) {
        if (verdict != null) {
            return verdict;
        }
        boolean ends = after.then() instanceof Directive.End;
        return ends || compete ? new Verdict(output, ends) : null;
    }

    /** A lost competition is run again from its beginning. */
    InFork reopened() {
        return isLost() ? of(compete, size, value) : this;
    }

    /** Its place in its list, which stands before its name in the pointer. */
    private static int indexOf(String task) {
        int name = task.lastIndexOf('/');
        return Integer.parseInt(task, task.lastIndexOf('/', name - 1) + 1, name, 10);
    }
}

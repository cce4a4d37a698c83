package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.orquestrax.engine.event.Event;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of a history, made to fold by itself.
 *
 * <p>The steps around the first events began before them: they are opened here by stand-ins, and every value that
 * nothing in these events tells is a {@link MissingNode}.
 */
final class RecentEvents {
    private final List<RecordedEvent> events;
    private final Map<Long, Event.TaskStarted> standIns = new TreeMap<>();
    private long firstBegun = Long.MAX_VALUE;

    RecentEvents(List<RecordedEvent> events) {
        this.events = events;
        long highest = 0;
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof Event.Opening opening) {
                // Numbers only rise where something begins; the first one may as well be an end.
                boolean rises = highest > 0 && opening.activation() > highest;
                firstBegun = rises ? Math.min(firstBegun, opening.activation()) : firstBegun;
                highest = Math.max(highest, opening.activation());
            }
        }
        events.forEach(this::standIn);
    }

    /** Whether the step began among these events; of those before, too little is known to show them. */
    boolean hasBegun(long activation) {
        return activation >= firstBegun;
    }

    /** As a history that begins with the event given. */
    List<RecordedEvent> after(RecordedEvent birth) {
        List<RecordedEvent> whole = new ArrayList<>();
        Instant time = events.isEmpty() ? birth.time() : events.getFirst().time();
        add(whole, birth.time(), withoutValue((Event.InstanceStarted) birth.event()));
        standIns.values().forEach(started -> add(whole, time, inItsOuter(started)));
        for (RecordedEvent recorded : events) {
            if (canFold(recorded.event())) {
                add(whole, recorded.time(), recorded.event());
            }
        }
        return whole;
    }

    private static void add(List<RecordedEvent> whole, Instant time, Event event) {
        whole.add(new RecordedEvent(whole.size() + 1L, time, event));
    }

    /** All stand-ins were open at once, so one whose place holds another's is around it. */
    private Event.TaskStarted inItsOuter(Event.TaskStarted inner) {
        long parent = standIns.values().stream()
                .filter(outer ->
                        outer.activation() < inner.activation() && inner.task().startsWith(outer.task() + "/"))
                .mapToLong(Event.TaskStarted::activation)
                .max()
                .orElse(Frame.ROOT);
        return new Event.TaskStarted(inner.activation(), parent, inner.task(), inner.kind(), inner.input(), null, null);
    }

    private boolean canFold(Event event) {
        return !(event instanceof Event.OfTask task)
                || event instanceof Event.Opening
                || hasBegun(task.activation())
                || (isOfTry(event) && standIns.containsKey(task.activation()));
    }

    /** Of other kinds of tasks a stand-in does not know how far they had come. */
    private static boolean isOfTry(Event event) {
        return event instanceof Event.RetryScheduled
                || event instanceof Event.RetryStarted
                || event instanceof Event.ErrorCaught;
    }

    private void standIn(RecordedEvent recorded) {
        switch (recorded.event()) {
            case Event.RetryScheduled scheduled -> standIn(scheduled.activation(), scheduled.task(), "try");
            case Event.RetryStarted started -> standIn(started.activation(), started.task(), "try");
            case Event.ErrorCaught caught -> standIn(caught.activation(), caught.task(), "try");
            case Event.Opening opening
            when opening.parent() != Frame.ROOT ->
                standIn(opening.parent(), around(opening.task()), kindAround(opening.task()));
            default -> {}
        }
    }

    private void standIn(long activation, String task, String kind) {
        if (!hasBegun(activation)) {
            standIns.putIfAbsent(
                    activation,
                    new Event.TaskStarted(activation, Frame.ROOT, task, kind, MissingNode.getInstance(), null, null));
        }
    }

    /** {@code /do/0/outer} of {@code /do/0/outer/try/2/inner} and of {@code /do/0/outer/catch/do/2/inner}. */
    private static String around(String task) {
        String list = list(task);
        String outer = list.substring(0, Math.max(0, list.lastIndexOf('/')));
        return outer.endsWith("/catch") ? outer.substring(0, outer.length() - "/catch".length()) : outer;
    }

    private static String kindAround(String task) {
        String list = list(task);
        return list.endsWith("/try") || list.endsWith("/catch/do") ? "try" : "do";
    }

    private static String list(String task) {
        String place = task.substring(0, Math.max(0, task.lastIndexOf('/')));
        return place.substring(0, Math.max(0, place.lastIndexOf('/')));
    }

    private static Event.InstanceStarted withoutValue(Event.InstanceStarted birth) {
        return new Event.InstanceStarted(
                birth.definition(),
                birth.contentHash(),
                birth.key(),
                birth.input(),
                MissingNode.getInstance(),
                birth.tags(),
                birth.startedBy(),
                birth.deadline());
    }
}

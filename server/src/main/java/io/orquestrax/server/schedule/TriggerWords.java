package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.schedule.ScheduleRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in a few words what a trigger goes by. */
final class TriggerWords {
    private TriggerWords() {}

    static String of(ScheduleRow row) {
        return switch (row.trigger()) {
            case EVERY -> "every " + words(Duration.parse(row.expression()));
            case CRON -> "cron " + row.expression() + " (" + zone(row.zone()) + ")";
            case AFTER -> words(Duration.parse(row.expression())) + " after the end of the last";
            case ON -> "on " + events(Json.readTrusted(row.expression()).path("on"));
        };
    }

    /** Java's letter for UTC means nothing to most readers. */
    private static String zone(@Nullable String id) {
        return id == null || id.equals("Z") ? "UTC" : id;
    }

    private static String events(JsonNode on) {
        if (on.has("one")) {
            return event(on.path("one"));
        }
        String word = on.has("all") ? "all" : "any";
        List<String> events = new ArrayList<>();
        on.path(word).forEach(filter -> events.add(event(filter)));
        return events.isEmpty() ? "any event" : word + " of " + String.join(", ", events);
    }

    private static String event(JsonNode filter) {
        return filter.at("/with/type").asText("any event");
    }

    private static String words(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(parts, duration.toDays(), "d");
        add(parts, duration.toHoursPart(), "h");
        add(parts, duration.toMinutesPart(), "min");
        add(parts, duration.toSecondsPart(), "s");
        add(parts, duration.toMillisPart(), "ms");
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit);
        }
    }
}

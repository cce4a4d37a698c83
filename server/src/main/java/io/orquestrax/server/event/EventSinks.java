package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.engine.event.RecordedEvent;
import io.orquestrax.engine.state.InstanceState;
import io.orquestrax.store.cloudevent.OutgoingEventRow;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The sinks of the settings, and which events each of them is sent. */
public record EventSinks(List<EventSink> all) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public EventSinks {
        all = List.copyOf(all);
    }

    /**
     * @param text entries with commas between, each {@code name=url} and perhaps types after blanks
     * @return empty where it is not that
     */
    public static Optional<EventSinks> parse(String text) {
        List<EventSink> sinks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : text.split(",", -1)) {
            if (entry.isBlank() && text.isBlank()) {
                continue;
            }
            Optional<EventSink> sink = sink(entry.strip());
            if (sink.isEmpty() || !names.add(sink.get().name())) {
                return Optional.empty();
            }
            sinks.add(sink.get());
        }
        return Optional.of(new EventSinks(sinks));
    }

    /** An event that an instance emits, for each sink that takes it. */
    public List<OutgoingEventRow> emitted(InstanceState state, int partition, JsonNode envelope) {
        if (all.isEmpty()) {
            return List.of();
        }
        String type = envelope.path("type").asText();
        List<OutgoingEventRow> rows = new ArrayList<>();
        String text = Json.write(envelope);
        for (EventSink sink : all) {
            if (sink.takes(type)) {
                rows.add(new OutgoingEventRow(partition, state.id(), sink.name(), text));
            }
        }
        return rows;
    }

    /** What a decision's events mean for those outside. */
    public List<OutgoingEventRow> lifecycle(
            LifecycleScope scope,
            InstanceState before,
            InstanceState after,
            int partition,
            List<RecordedEvent> recorded) {
        if (all.isEmpty() || scope == LifecycleScope.OFF) {
            return List.of();
        }
        List<OutgoingEventRow> rows = new ArrayList<>();
        for (JsonNode envelope : new LifecycleEvents(scope, before, after).of(recorded)) {
            rows.addAll(emitted(after, partition, envelope));
        }
        return rows;
    }

    private static Optional<EventSink> sink(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0 || !NAME.matcher(entry.substring(0, equals)).matches()) {
            return Optional.empty();
        }
        List<String> words = Arrays.asList(entry.substring(equals + 1).split("\\s+"));
        try {
            URI url = new URI(words.getFirst());
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp && url.getHost() != null
                    ? Optional.of(new EventSink(entry.substring(0, equals), url, words.subList(1, words.size())))
                    : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }
}

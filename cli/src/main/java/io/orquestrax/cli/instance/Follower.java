package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.rest.Views;
import io.orquestrax.cli.terminal.LiveArea;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Terminal;
import io.orquestrax.dsl.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows an instance's steps until it closes: drawn again in place on a terminal, a line for each change otherwise. */
final class Follower {
    /** How often running times are drawn again while nothing happens. */
    private static final Duration REDRAW = Duration.ofMillis(500);

    private final Terminal terminal;
    private final RestApi api;
    private final PrintStream stream;
    private final Style style;
    private final boolean live;
    private final LiveArea area;
    private final ProgressView view;
    private final Map<Long, String> told = new HashMap<>();

    Follower(Terminal terminal, RestApi api, PrintStream stream, Style style, boolean live) {
        this.terminal = terminal;
        this.api = api;
        this.stream = stream;
        this.style = style;
        this.live = live;
        this.area = new LiveArea(stream, terminal.width());
        this.view = new ProgressView(style);
    }

    /**
     * @param limit absent to follow to the end
     * @return the instance as it was last
     */
    InstanceView follow(InstanceView instance, @Nullable Duration limit) {
        stream.println(style.bold(instance.definition().text()) + "  " + style.faint(instance.id()));
        Instant end = limit == null ? Instant.MAX : now().plus(limit);
        InstanceView latest = instance;
        JsonNode steps = Json.NODES.arrayNode();
        boolean seen = false;
        try (Views views = api.views(instance.id())) {
            while ((!seen || !latest.isClosed()) && now().isBefore(end)) {
                Optional<JsonNode> news = views.next(shorter(REDRAW, end));
                if (news.isPresent()) {
                    seen = true;
                    latest = new InstanceView(news.get().path("instance"));
                    steps = news.get().path("activations");
                }
                show(latest, steps);
            }
        }
        if (!live) {
            stream.println(latest.sentence(style, now()));
        }
        return latest.isClosed() ? new InstanceView(api.get(Route.of("instances", instance.id()))) : latest;
    }

    private Instant now() {
        return terminal.clock().instant();
    }

    private Duration shorter(Duration pause, Instant end) {
        Instant next = now().plus(pause);
        return next.isAfter(end) ? Duration.between(now(), end) : pause;
    }

    private void show(InstanceView instance, JsonNode steps) {
        Instant now = now();
        if (live) {
            List<String> lines = new ArrayList<>(view.lines(steps, now));
            lines.add(instance.sentence(style, now));
            area.draw(lines);
            return;
        }
        for (JsonNode step : steps) {
            String state = step.path("state").asText() + step.path("attempt").asText();
            if (!state.equals(told.put(step.path("activation").asLong(), state))) {
                stream.println(view.line(step, now));
            }
        }
    }
}

package io.orquestrax.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.LiveArea;
import io.orquestrax.cli.terminal.Style;
import io.orquestrax.cli.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows an instance's steps until it closes: drawn again in place on a terminal, a line for each change otherwise. */
final class Follower {
    /** The server answers sooner when the instance closes; between, the steps are read anew. */
    private static final Duration LOOK = Duration.ofMillis(300);

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
        Instant end = limit == null ? Instant.MAX : terminal.clock().instant().plus(limit);
        InstanceView latest = instance;
        show(latest, steps(latest));
        while (!latest.isClosed() && terminal.clock().instant().isBefore(end)) {
            latest = new InstanceView(
                    api.get(Route.of("instances", instance.id(), "result").with("wait", LOOK.toString())));
            show(latest, steps(latest));
        }
        if (!live) {
            stream.println(latest.sentence(style, terminal.clock().instant()));
        }
        return latest;
    }

    private JsonNode steps(InstanceView instance) {
        return api.get(Route.of("instances", instance.id(), "activations")).path("activations");
    }

    private void show(InstanceView instance, JsonNode steps) {
        Instant now = terminal.clock().instant();
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

package io.orquestrax.server.connector.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.http.Uris;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does from time to time what is due for containers that nobody watches any more. */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Engine engine;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("container-sweeper").daemon().factory());
    private final Optional<WorkerMark> self = WorkerMark.ofThisProcess();

    Sweeper(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** Once. */
    void start() {
        timer.scheduleWithFixedDelay(this::sweepQuietly, 0, PAUSE.toSeconds(), TimeUnit.SECONDS);
    }

    private void sweepQuietly() {
        try {
            sweep();
        } catch (IOException | RuntimeException later) {
            LOG.debug("Containers could not be swept: {}", later.toString());
        }
    }

    void sweep() throws IOException {
        String filter = Uris.encode("{\"label\":[\"" + ContainerSpec.JOB_LABEL + "\"]}");
        for (JsonNode listed :
                engine.client().get("/containers/json?all=1&filters=" + filter).body()) {
            String id = listed.path("Id").asText();
            JsonNode inspected =
                    engine.client().get("/containers/" + id + "/json").body();
            Cleanup.Due due = isAbandoned(inspected)
                    ? Cleanup.Due.REMOVE
                    : Cleanup.due(inspected.isObject() ? inspected : Json.NODES.objectNode(), clock.instant());
            switch (due) {
                case KILL -> engine.kill(id);
                case REMOVE -> engine.remove(id);
                case NOTHING -> LOG.trace("Nothing is due for {}", id);
            }
        }
    }

    /** It runs, or was about to, for a worker that is gone: the job's next attempt does not look for its end. */
    private boolean isAbandoned(JsonNode inspected) {
        String worker =
                inspected.path("Config").path("Labels").path(WorkerMark.LABEL).asText();
        String status = inspected.path("State").path("Status").asText();
        return (status.equals("running") || status.equals("created"))
                && self.filter(own -> own.seesTheEndOf(worker)).isPresent();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

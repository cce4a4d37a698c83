package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes events from outside, and shows those that are kept, for every door. */
public final class EventService {
    private final CloudEventReader reader;
    private final EventIntake intake;
    private final EventLog log;

    public EventService(CloudEventReader reader, EventIntake intake, EventLog log) {
        this.reader = reader;
        this.intake = intake;
        this.log = log;
    }

    /**
     * Reads of those that are kept, and blocks.
     *
     * @throws ServiceException if there is nothing of the kind, or the database cannot be used
     */
    public <T> T read(Function<EventLog, T> reading) {
        return Orchestration.read(() -> reading.apply(log));
    }

    /**
     * Completes once it is stored.
     *
     * @param event in the JSON format of CloudEvents
     * @throws ServiceException if it is none
     */
    public CompletableFuture<EventIntake.Accepted> publish(JsonNode event) {
        return intake.accept(List.of(reader.event(event)));
    }

    /**
     * Publishes nothing.
     *
     * @throws ServiceException if it is none
     */
    public void check(JsonNode event) {
        var unused = reader.event(event);
    }

    /**
     * Completes once all are stored; none is where one of them is no event.
     *
     * @param events an array of them
     * @throws ServiceException that names the position of the first that is none
     */
    public CompletableFuture<EventIntake.Accepted> publishBatch(JsonNode events) {
        return intake.accept(reader.batch(events));
    }
}

package io.orquestrax.server.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes events from outside, for every door. */
public final class EventService {
    private final CloudEventReader reader;
    private final EventIntake intake;

    public EventService(CloudEventReader reader, EventIntake intake) {
        this.reader = reader;
        this.intake = intake;
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
     * Completes once all are stored; none is where one of them is no event.
     *
     * @param events an array of them
     * @throws ServiceException that names the position of the first that is none
     */
    public CompletableFuture<EventIntake.Accepted> publishBatch(JsonNode events) {
        return intake.accept(reader.batch(events));
    }
}

package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.schedule.DefinitionSchedules;
import io.orquestrax.server.schedule.ScheduledTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What callers do with the schedule of a definition. */
final class ScheduleService {
    private static final Origin BY_HAND = new Origin.Schedule("manual");

    private final DefinitionSchedules schedules;
    private final InstanceStarter starter;

    ScheduleService(DefinitionSchedules schedules, InstanceStarter starter) {
        this.schedules = schedules;
        this.starter = starter;
    }

    List<ScheduledTrigger> find(String namespace, String name) {
        return present(namespace, name, schedules.find(namespace, name));
    }

    List<ScheduledTrigger> pause(String namespace, String name) {
        return present(namespace, name, schedules.pause(namespace, name));
    }

    List<ScheduledTrigger> resume(String namespace, String name) {
        return present(namespace, name, schedules.resume(namespace, name));
    }

    /** Blocks while the definition is looked up. */
    CompletableFuture<Started> trigger(Caller caller, String namespace, String name, JsonNode input) {
        String version = find(namespace, name).getFirst().row().definition().version();
        return starter.start(
                caller, new StartRequest(namespace, name, version, null, input, Map.of()), BY_HAND, Duration.ZERO);
    }

    private static List<ScheduledTrigger> present(String namespace, String name, List<ScheduledTrigger> triggers) {
        if (triggers.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.SCHEDULE_NOT_FOUND,
                    "Expected a schedule in the highest version of " + namespace + "/" + name + ", but there is none.");
        }
        return triggers;
    }
}

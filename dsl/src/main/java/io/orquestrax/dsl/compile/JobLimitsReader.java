package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.plan.JobLimits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata.job} of a task. */
final class JobLimitsReader {
    private static final int HIGHEST_PRIORITY = 9;

    private JobLimitsReader() {}

    static JobLimits read(Optional<Part> metadata) {
        return metadata.filter(each -> each.value().has("job"))
                .map(each -> limits(each.member("job")))
                .orElse(JobLimits.NONE);
    }

    private static JobLimits limits(Part job) {
        Fields fields = job.fields("an object with waiting, running, heartbeat, total or priority");
        Duration waiting = limit(fields, "waiting");
        Duration running = limit(fields, "running");
        Duration heartbeat = limit(fields, "heartbeat");
        Duration total = limit(fields, "total");
        int priority = fields.optional("priority")
                .map(each -> each.integer("a whole number from 0 to 9", 0, HIGHEST_PRIORITY)
                        .orElse(JobLimits.DEFAULT_PRIORITY))
                .orElse(JobLimits.DEFAULT_PRIORITY);
        fields.finish();
        return new JobLimits(waiting, running, heartbeat, total, priority);
    }

    private static @Nullable Duration limit(Fields fields, String name) {
        return fields.optional(name).map(DurationReader::fixed).orElse(null);
    }
}

package io.orquestrax.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.JobLimits;
import io.orquestrax.engine.effect.JobOffer;
import io.orquestrax.protocol.Durations;
import io.orquestrax.protocol.JobId;
import io.orquestrax.protocol.cluster.v1.LentJob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Jobs as messages, to workers and between nodes. */
public final class JobMessages {
    private JobMessages() {}

    /** A job with the limits that its worker is to keep. */
    public static io.orquestrax.protocol.v1.Job job(
            JobOffer offer, @Nullable Duration runningLimit, @Nullable Duration heartbeatLimit) {
        var job = io.orquestrax.protocol.v1.Job.newBuilder()
                .setKey(JobKeys.write(new JobId(offer.instance(), offer.activation(), offer.attempt())))
                .setType(offer.type())
                .setTask(offer.task())
                .setDefinition(io.orquestrax.protocol.v1.Job.DefinitionRef.newBuilder()
                        .setNamespace(offer.definition().namespace())
                        .setName(offer.definition().name())
                        .setVersion(offer.definition().version()))
                .setInput(ByteString.copyFrom(Json.writeBytes(offer.arguments())))
                .setCreatedAt(timestamp(offer.createdAt()));
        if (offer.lastProgress() != null) {
            job.setLastProgress(ByteString.copyFrom(Json.writeBytes(offer.lastProgress())));
        }
        if (offer.businessKey() != null) {
            job.setBusinessKey(offer.businessKey());
        }
        if (runningLimit != null) {
            job.setRunningLimit(Durations.message(runningLimit));
        }
        if (heartbeatLimit != null) {
            job.setHeartbeatLimit(Durations.message(heartbeatLimit));
        }
        return job.build();
    }

    /**
     * An offer as another node reads it.
     *
     * @param waited for a worker, so far
     * @param loan its number
     */
    static LentJob lent(JobOffer offer, Duration waited, long loan) {
        JobLimits limits = offer.limits();
        LentJob.Builder lent = LentJob.newBuilder()
                .setJob(job(offer, limits.running(), limits.heartbeat()))
                .setWaited(Durations.message(waited))
                .setPriority(limits.priority())
                .setLoan(loan);
        if (limits.waiting() != null) {
            lent.setWaitingLimit(Durations.message(limits.waiting()));
        }
        if (limits.total() != null) {
            lent.setTotalLimit(Durations.message(limits.total()));
        }
        return lent.build();
    }

    /** Of a job that another node wrote. */
    static JobOffer offer(LentJob lent) {
        var job = lent.getJob();
        JobId id = JobKeys.read(job.getKey())
                .orElseThrow(() -> new IllegalArgumentException("Expected the key of a job, but got " + job.getKey()));
        var definition = job.getDefinition();
        return new JobOffer(
                id.instance(),
                id.activation(),
                id.attempt(),
                job.getType(),
                job.getTask(),
                new DefinitionId(definition.getNamespace(), definition.getName(), definition.getVersion()),
                job.getBusinessKey().isEmpty() ? null : job.getBusinessKey(),
                json(job.getInput()),
                new JobLimits(
                        lent.hasWaitingLimit() ? Durations.duration(lent.getWaitingLimit()) : null,
                        job.hasRunningLimit() ? Durations.duration(job.getRunningLimit()) : null,
                        job.hasHeartbeatLimit() ? Durations.duration(job.getHeartbeatLimit()) : null,
                        lent.hasTotalLimit() ? Durations.duration(lent.getTotalLimit()) : null,
                        lent.getPriority()),
                instant(job.getCreatedAt()),
                job.getLastProgress().isEmpty() ? null : json(job.getLastProgress()));
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    static JsonNode json(ByteString utf8) {
        return Json.readTrusted(utf8.toStringUtf8());
    }
}

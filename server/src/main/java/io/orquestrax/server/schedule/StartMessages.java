package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.server.message.MessageCodec;
import io.orquestrax.server.message.MessageContent;
import io.orquestrax.server.partition.PartitionAddresses;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.message.MessageRow;
import io.orquestrax.store.schedule.ScheduleRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/** What triggers write to start instances. */
final class StartMessages {
    private static final String BY = "schedule";

    private final UuidSequence ids;
    private final PartitionAddresses partitions;

    StartMessages(UuidSequence ids, PartitionAddresses partitions) {
        this.ids = ids;
        this.partitions = partitions;
    }

    /**
     * The instance's id follows from the rest, so that the same start is the same instance however often it is tried.
     *
     * @param at what the instance is started for; the time in its id
     * @param occasion what tells this start from every other of the trigger
     */
    MessageRow of(ScheduleRow row, Instant at, String occasion, JsonNode input) {
        UUID instance = idOf(row, at, occasion);
        return MessageCodec.row(
                ids.next(),
                partitions.partitionOf(instance),
                instance,
                new MessageContent.Start(
                        row.definition().namespace(),
                        row.definition().name(),
                        row.definition().version(),
                        input,
                        BY,
                        new Origin.Schedule(row.trigger().text())));
    }

    /** A UUIDv7 (RFC 9562) whose random bits are a digest. */
    private static UUID idOf(ScheduleRow row, Instant at, String occasion) {
        String name = String.join(
                "\n",
                row.definition().namespace(),
                row.definition().name(),
                row.trigger().text(),
                occasion);
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (at.toEpochMilli() << 16) | 0x7000L | (digest.getLong() & 0xFFF);
        long low = (digest.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Expected every JDK to have SHA-256, but it is missing", absent);
        }
    }
}

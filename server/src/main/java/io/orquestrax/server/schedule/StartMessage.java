package io.orquestrax.server.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.store.schedule.Firing;
import io.orquestrax.store.schedule.ScheduleRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** What a trigger writes to start an instance. */
final class StartMessage {
    private static final String BY = "schedule";

    private StartMessage() {}

    /**
     * @param occasion what tells this start from every other of the trigger
     */
    static Firing.Start of(
            ScheduleRow row, Instant at, String occasion, JsonNode input, ToIntFunction<UUID> partitions) {
        UUID instance = idOf(row, at, occasion);
        ObjectNode data = Json.NODES
                .objectNode()
                .put("namespace", row.definition().namespace())
                .put("name", row.definition().name())
                .put("version", row.definition().version());
        data.set("input", input);
        data.put("trigger", row.trigger().text()).put("by", BY);
        return new Firing.Start(instance, partitions.applyAsInt(instance), Json.write(data));
    }

    /** A UUIDv7 (RFC 9562) of the moment whose random bits are a digest of the start, and so always the same. */
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

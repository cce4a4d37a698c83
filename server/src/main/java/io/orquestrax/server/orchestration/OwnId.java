package io.orquestrax.server.orchestration;

import io.orquestrax.protocol.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The id that a caller gives an instance, so that it can ask for the start again and starts once nevertheless.
 *
 * @param isRepeated whether an earlier request with it may have arrived; where it is false, nobody has used the id
 */
public record OwnId(UUID id, boolean isRepeated) {
    /** Ids are in the order of time: one from far away would lie in the wrong place of every list. */
    static final Duration FARTHEST = Duration.ofDays(1);

    private static final int VERSION = 7;
    private static final int VARIANT = 2;

    /**
     * @throws ServiceException {@code invalid-id} where it is no UUIDv7 of about now
     */
    void check(Instant now) {
        if (id.version() != VERSION || id.variant() != VARIANT) {
            throw new ServiceException(
                    ErrorCode.INVALID_ID, "Expected the id of an instance to be a UUIDv7 (RFC 9562), but got " + id);
        }
        Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        if (Duration.between(made, now).abs().compareTo(FARTHEST) > 0) {
            throw new ServiceException(
                    ErrorCode.INVALID_ID,
                    "Expected the id of an instance to be made within " + FARTHEST.toHours()
                            + " hours of the node's time, which is " + now + ", but " + id + " was made at " + made);
        }
    }
}

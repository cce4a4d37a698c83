package io.orquestrax.server.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidSequenceTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void idsRiseWithinAMillisecond() {
        UuidSequence ids = new UuidSequence(Clock.fixed(NOON, ZoneOffset.UTC));
        List<String> made = new ArrayList<>();
        for (int count = 0; count < 10_000; count++) {
            made.add(ids.next().toString());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anIdIsAVersionSevenUuidOfItsTime() {
        UUID id = new UuidSequence(Clock.fixed(NOON, ZoneOffset.UTC)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }
}

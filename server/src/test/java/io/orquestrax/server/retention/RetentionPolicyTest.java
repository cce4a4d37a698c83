package io.orquestrax.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.store.retention.Cutoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2030-01-31T00:00:00Z");

    @Test
    void saysForEachNameWhatHasBeenKeptLongEnough() {
        RetentionPolicy policy =
                RetentionPolicy.parse("30d, shop=PT1H,shop/order = forever").orElseThrow();

        assertThat(policy.cutoffs(NOW))
                .containsExactly(
                        new Cutoff("", "", NOW.minus(Duration.ofDays(30))),
                        new Cutoff("shop", "", NOW.minus(Duration.ofHours(1))),
                        new Cutoff("shop", "order", null));
        assertThat(policy.isLimited()).isTrue();
    }

    @Test
    void keepsAllForEverWhereNothingIsSaid() {
        assertThat(RetentionPolicy.parse(" ").orElseThrow().isLimited()).isFalse();
        assertThat(RetentionPolicy.parse("forever").orElseThrow().isLimited()).isFalse();
    }

    @Test
    void rangesAreNeitherTooWideNorTooMany() {
        assertThat(RetentionPolicy.parse("8h").orElseThrow().width()).isEqualTo(Duration.ofHours(1));
        assertThat(RetentionPolicy.parse("1h, audit=64d").orElseThrow().width()).isEqualTo(Duration.ofDays(1));
        assertThat(RetentionPolicy.parse("1s").orElseThrow().width()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "1d,2d", "shop=1d, shop=2d", "=1d", "shop/order/more=1d", "shop=", "1d,", "a=b=1d"})
    void refusesWhatIsNone(String text) {
        assertThat(RetentionPolicy.parse(text)).isEmpty();
    }
}

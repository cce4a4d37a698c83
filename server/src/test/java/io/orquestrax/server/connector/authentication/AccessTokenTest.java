package io.orquestrax.server.connector.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token counts as over. */
class AccessTokenTest {

    @ParameterizedTest
    @CsvSource({"PT1H, PT59M30S", "PT5M, PT4M30S", "PT1M, PT54S", "PT10S, PT9S", "PT0S, PT0S"})
    void isReplacedShortlyBeforeItEnds(Duration life, Duration used) {
        assertThat(AccessToken.until(Instant.EPOCH, life)).isEqualTo(Instant.EPOCH.plus(used));
    }

    @Test
    void isNeverShown() {
        assertThat(new AccessToken("t0ken", Instant.EPOCH, "r3fresh").toString())
                .doesNotContain("t0ken")
                .doesNotContain("r3fresh");
    }
}

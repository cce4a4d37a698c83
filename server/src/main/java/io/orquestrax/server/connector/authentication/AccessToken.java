package io.orquestrax.server.connector.authentication;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server gave.
 *
 * @param until when it counts as over, which is shortly before it is
 * @param refresh for the next one; absent where there is none
 */
record AccessToken(String value, Instant until, @Nullable String refresh) {
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    /** Of the whole life: a short token would never count as alive otherwise. */
    private static final int MARGIN_SHARE = 10;

    static Instant until(Instant now, Duration life) {
        Duration share = life.dividedBy(MARGIN_SHARE);
        return now.plus(life).minus(share.compareTo(LONGEST_MARGIN) < 0 ? share : LONGEST_MARGIN);
    }

    String header() {
        return "Bearer " + value;
    }

    Optional<String> refreshToken() {
        return Optional.ofNullable(refresh);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AccessToken[until=" + until + "]";
    }
}

package io.orquestrax.server.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StartLimitsTest {
    private final StartLimits limits = new StartLimits(20);

    @Test
    void takesAnInputOfTheLimitAndRefusesALargerOne() {
        assertThatCode(() -> limits.check(request(null, "\"" + "a".repeat(18) + "\"", Map.of())))
                .doesNotThrowAnyException();
        assertRefused(
                () -> limits.check(request(null, "\"" + "a".repeat(19) + "\"", Map.of())), ErrorCode.PAYLOAD_TOO_LARGE);
        assertRefused(
                () -> limits.check(request(null, "\"" + "é".repeat(10) + "\"", Map.of())), ErrorCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void refusesKeysAndTagsThatTheDatabaseCannotHold() {
        assertRefused(() -> limits.check(request("", "1", Map.of())), ErrorCode.INVALID_REQUEST);
        assertRefused(() -> limits.check(request("a\u0000b", "1", Map.of())), ErrorCode.INVALID_REQUEST);
        assertRefused(() -> limits.check(request("\ud800", "1", Map.of())), ErrorCode.INVALID_REQUEST);
        assertRefused(() -> limits.check(request("k".repeat(257), "1", Map.of())), ErrorCode.INVALID_REQUEST);
        assertRefused(() -> limits.check(request(null, "1", Map.of("a", "\u0000"))), ErrorCode.INVALID_REQUEST);
        Map<String, String> many = new HashMap<>();
        for (int count = 0; count <= StartLimits.MAX_TAGS; count++) {
            many.put("tag" + count, "");
        }
        assertRefused(() -> limits.check(request(null, "1", many)), ErrorCode.INVALID_REQUEST);
    }

    private static StartRequest request(@Nullable String key, String input, Map<String, String> tags) {
        return new StartRequest("test", "name", null, key, Json.readTrusted(input), tags);
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}

package io.orquestrax.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTokenTest {

    @Test
    void comesBackAsItWentOut() {
        List<String> position = List.of("a", "", "\u00e9");
        assertThat(PageToken.read("list", PageToken.of("list", position))).isEqualTo(position);
    }

    @Test
    void isRefusedByAnotherList() {
        String token = PageToken.of("list", List.of("a"));
        assertThatThrownBy(() -> PageToken.read("other", token)).isInstanceOf(InvalidPageTokenException.class);
    }

    @Test
    void isRefusedWhenItIsNone() {
        for (String token : List.of("", "a", "not base64!", "AAAAAAAA", "\u00e9", "x".repeat(500))) {
            assertThatThrownBy(() -> PageToken.read("list", token))
                    .as(token)
                    .isInstanceOf(InvalidPageTokenException.class);
        }
    }
}

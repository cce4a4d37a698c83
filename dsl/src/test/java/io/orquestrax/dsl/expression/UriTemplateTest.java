package io.orquestrax.dsl.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.expression.UriTemplate.InvalidUriTemplateException;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UriTemplateTest {

    @Test
    void putsMembersOfTheInputInPlace() throws Exception {
        assertThat(expand("https://host/pet/{id}/x?status={pet.status}", "{\"id\":10,\"pet.status\":\"ok\"}"))
                .isEqualTo("https://host/pet/10/x?status=ok");
        assertThat(expand("{a}{b,c}", "{\"a\":true,\"b\":1.10,\"c\":\"x\"}")).isEqualTo("true1.10,x");
    }

    @Test
    void leavesOutWhatIsMissing() throws Exception {
        assertThat(expand("/{a}/{b}/{c,d}", "{\"b\":null,\"d\":1}")).isEqualTo("///1");
        assertThat(expand("/{a}", "5")).isEqualTo("/");
    }

    @Test
    void encodesAllThatIsReserved() throws Exception {
        assertThat(expand("/{a}?x=1&y=%20", "{\"a\":\"a/b c?&é😀-._~\"}"))
                .isEqualTo("/a%2Fb%20c%3F%26%C3%A9%F0%9F%98%80-._~?x=1&y=%20");
    }

    @Test
    void refusesListsAndObjects() {
        assertThatThrownBy(() -> expand("/{a}", "{\"a\":[1]}"))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Expected a text, a number, true or false for {a} of a URI template, but found a list");
    }

    @Test
    void tellsWhatIsNoSimpleExpansion() {
        assertMistake("/x/{+path}", 4, "the operator \"+\"");
        assertMistake("/x/{id", 3, "a single \"{\"");
        assertMistake("/x/id}", 5, "a single \"}\"");
        assertMistake("/x/{}", 4, "but found \"\"");
        assertMistake("/x/{a:3}", 4, "but found \"a:3\"");
        assertMistake("/x/{a*}", 4, "but found \"a*\"");
    }

    private static void assertMistake(String template, int offset, String message) {
        assertThatThrownBy(() -> UriTemplate.parse(template))
                .isInstanceOfSatisfying(
                        InvalidUriTemplateException.class,
                        mistake -> assertThat(mistake.offset()).isEqualTo(offset))
                .hasMessageContaining(message);
    }

    private static String expand(String template, String input) throws InvalidUriTemplateException {
        return UriTemplate.parse(template)
                .evaluate(Json.readTrusted(input), Variables.at(Instant.EPOCH))
                .textValue();
    }
}

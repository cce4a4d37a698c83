package io.orquestrax.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventReaderTest {
    private static final String WHOLE =
            "{'specversion':'1.0','id':'1','source':'/till','type':'paid','time':'2030-01-31T12:00:00Z',"
                    + "'roomid':'7','count':3,'data':{'total':1.10,'id':9007199254740993}}";

    private final CloudEventReader reader = new CloudEventReader(1_000);

    @Test
    void keepsAnEventDigitByDigit() {
        ObjectNode event = reader.event(Json.readTrusted(quoted(WHOLE)));

        assertThat(Json.write(event)).isEqualTo(quoted(WHOLE));
    }

    @Test
    void leavesAttributesOutThatAreNull() {
        ObjectNode event =
                reader.event(Json.readTrusted(quoted(WHOLE.replace("'roomid':'7'", "'subject':null,'data2':null"))));

        assertThat(event.has("subject")).isFalse();
        assertThat(event.has("data2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'id':'1',| ''|Expected the attribute id at /id, but there is no such member.",
                "'source':'/till',|''|Expected the attribute source at /source, but there is no such member.",
                "'type':'paid',|''|Expected the attribute type at /type, but there is no such member.",
                "'specversion':'1.0',|''|Expected \"1.0\" at /specversion, but there is no such member.",
                "'1.0'|'0.3'|Expected \"1.0\" at /specversion, but got \"0.3\".",
                "'/till'|'no uri at all'|Expected a URI reference at /source",
                "'id':'1'|'id':''|Expected 1 to 2048 characters at /id, but there are 0.",
                "'id':'1'|'id':1|Expected a text at /id, but got number.",
                "2030-01-31T12:00:00Z|noon|Expected a time as in RFC 3339",
                "roomid|roomId|Expected attributes named in lower-case letters and digits, but got \"roomId\"",
                "'roomid':'7'|'roomid':[7]|Expected a text, a number or a boolean, as every extension is, at /roomid",
                "'count':3|'data_base64':'AAAA'|Expected data or data_base64 at the top, but there are both.",
            })
    void saysWhatIsWrongAndWhere(String part, String replacement, String message) {
        String event =
                quoted(WHOLE.replace(part, replacement.equals("''") || replacement.isBlank() ? "" : replacement));

        assertThatThrownBy(() -> reader.event(Json.readTrusted(event)))
                .isInstanceOfSatisfying(ServiceException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_EVENT);
                    assertThat(refused.detail()).startsWith(message);
                });
    }

    @Test
    void saysWhichEventOfABatchIsWrong() {
        String batch = quoted("[" + WHOLE + "," + WHOLE.replace("'type':'paid',", "") + "]");

        assertThatThrownBy(() -> reader.batch(Json.readTrusted(batch)))
                .hasMessage("Expected the attribute type at /1/type, but there is no such member.");
    }

    @Test
    void refusesAnEventThatIsTooLarge() {
        String event = quoted(WHOLE.replace("'7'", "'" + "7".repeat(1_000) + "'"));

        assertThatThrownBy(() -> reader.batch(Json.readTrusted("[" + event + "]")))
                .isInstanceOfSatisfying(ServiceException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
                    assertThat(refused.detail()).contains("at /0 has");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "application/json|{\"a\":1.10}|{\"a\":1.10}|data",
                "application/vnd.shop+json|[1]|[1]|data",
                "application/json|not json|\"bm90IGpzb24=\"|data_base64",
                "text/plain; charset=utf-8|grün|\"grün\"|data",
                "application/octet-stream|abc|\"YWJj\"|data_base64",
            })
    void readsABodyByItsType(String contentType, String body, String json, String member) {
        ObjectNode event = reader.event(BinaryEvent.read(
                Map.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/till", "ce-type", "Euro%20%E2%82%AC"),
                contentType,
                body.getBytes(StandardCharsets.UTF_8)));

        assertThat(Json.write(event.get(member))).isEqualTo(json);
        assertThat(event.get("type").textValue()).isEqualTo("Euro €");
        assertThat(event.get("datacontenttype").textValue()).isEqualTo(contentType);
    }

    @Test
    void anEmptyBatchIsOne() {
        assertThat(reader.batch(Json.readTrusted("[]"))).isEqualTo(List.of());
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}

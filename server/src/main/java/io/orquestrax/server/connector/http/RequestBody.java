package io.orquestrax.server.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.connector.ConnectorFailure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the body of a request as its media type wants it. */
public final class RequestBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private RequestBody() {}

    /**
     * JSON, unless the type says otherwise; then a text goes as it is, and an object as a form.
     *
     * @throws ConnectorFailure configuration, where the body does not fit the type
     */
    public static byte[] write(JsonNode body, String contentType) throws ConnectorFailure {
        String type = mediaType(contentType);
        if (CallOutput.isJson(type)) {
            return Json.writeBytes(body);
        }
        if (body.isTextual()) {
            return body.textValue().getBytes(StandardCharsets.UTF_8);
        }
        if (type.equals(FORM) && body.isObject()) {
            return QueryText.of(body, "body").getBytes(StandardCharsets.UTF_8);
        }
        throw ConnectorFailure.of(
                StandardError.CONFIGURATION,
                "Invalid call",
                "Expected a body that fits its Content-Type \"" + contentType + "\": a text, or for " + FORM
                        + " an object; but it is of the kind "
                        + body.getNodeType().name().toLowerCase(Locale.ROOT) + ".");
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}

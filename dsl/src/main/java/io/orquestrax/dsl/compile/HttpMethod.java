package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The method of an HTTP request, which a connector gets in capital letters. */
final class HttpMethod {
    private static final List<String> USUAL =
            List.of("get", "post", "put", "patch", "delete", "head", "options", "trace");
    /** A token (RFC 9110, 5.6.2). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}");

    private HttpMethod() {}

    static Template read(Part part, Expressions expressions, VisibleNames names) {
        Optional<String> method = part.text("a text with a method of HTTP");
        if (method.isPresent() && ExpressionSyntax.isWrapped(method.get())) {
            return expressions.value(part, names, Moment.CONNECTOR).map(HttpMethod::evaluated);
        }
        if (method.isPresent()) {
            check(part, method.get());
        }
        return Template.constant(Json.NODES.textNode(method.orElse("get").toUpperCase(Locale.ROOT)));
    }

    /** A method that is only near a usual one is a mistake, another may be known to the server. */
    private static void check(Part part, String method) {
        String hint = NearMiss.hint(method, USUAL);
        boolean isUsual = USUAL.contains(method.toLowerCase(Locale.ROOT));
        if (!isUsual && (!hint.isEmpty() || !TOKEN.matcher(method).matches())) {
            part.invalid("Expected a method of HTTP, one of " + String.join(", ", USUAL) + " for example, but found "
                    + part.found() + hint);
        }
    }

    private static JsonNode evaluated(JsonNode value) {
        if (!value.isTextual() || !TOKEN.matcher(value.textValue()).matches()) {
            throw new ExpressionException(
                    "Expected a method of HTTP, \"get\" for example, but found " + Part.shortened(Json.write(value)));
        }
        return Json.NODES.textNode(value.textValue().toUpperCase(Locale.ROOT));
    }
}

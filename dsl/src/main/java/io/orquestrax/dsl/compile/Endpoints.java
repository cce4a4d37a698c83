package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.UriTemplate;
import io.orquestrax.dsl.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads endpoints, which always become an object with uri and perhaps authentication, and external resources. */
record Endpoints(Expressions expressions, Authentications authentications) {
    private static final String EXPECTED =
            "a text with a URI, which may hold {names} of the input's members, an expression in ${ }, or an object with uri";
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern BLANK = Pattern.compile("\\s");
    private static final List<String> CALLED = List.of("http", "https");
    private static final List<String> READ = List.of("http", "https", "file");

    /** Of a call. */
    Template read(Part part, VisibleNames names) {
        return read(part, names, CALLED);
    }

    private Template read(Part part, VisibleNames names, List<String> schemes) {
        Map<String, Template> members = new LinkedHashMap<>();
        if (!part.value().isObject()) {
            members.put("uri", uri(part, names, EXPECTED, schemes));
            return Template.object(members);
        }
        Fields fields = part.fields(EXPECTED);
        fields.required("uri", "where to call")
                .ifPresent(each -> members.put("uri", uri(each, names, "a text", schemes)));
        fields.optional("authentication")
                .flatMap(each -> authentications.read(each, names))
                .ifPresent(each -> members.put("authentication", each));
        fields.finish();
        return Template.object(members);
    }

    /** An object with an endpoint and perhaps a name; what is only read may also be a file that the operator put there. */
    Template resource(Part part, VisibleNames names) {
        Fields fields = part.fields("an object with endpoint");
        Map<String, Template> members = new LinkedHashMap<>();
        fields.optional("name")
                .flatMap(each -> each.text("a text"))
                .ifPresent(name -> members.put("name", Template.constant(Json.NODES.textNode(name))));
        fields.required("endpoint", "where it is").ifPresent(each -> members.put("endpoint", read(each, names, READ)));
        fields.finish();
        return Template.object(members);
    }

    private Template uri(Part part, VisibleNames names, String expected, List<String> schemes) {
        Optional<String> text = part.text(expected);
        if (text.isEmpty()) {
            return Template.constant(Json.NODES.nullNode());
        }
        if (ExpressionSyntax.isWrapped(text.get())) {
            return expressions.value(part, names, Moment.CONNECTOR).map(value -> checkedText(part.pointer(), value));
        }
        return literal(part, text.get(), schemes);
    }

    /** Of what is called. */
    static Template literal(Part part, String uri) {
        return literal(part, uri, CALLED);
    }

    private static Template literal(Part part, String uri, List<String> schemes) {
        if (uri.contains("${")) {
            part.report()
                    .errorInside(
                            part.pointer(),
                            uri.indexOf("${"),
                            ProblemCode.INVALID_VALUE,
                            "Expected a URI, but found ${ } around a part of it; write {name} to put a member of the"
                                    + " input there, or ${ \"https://host/\\(.name)\" }");
            return Template.constant(Json.NODES.nullNode());
        }
        checkForm(part, uri, schemes);
        try {
            UriTemplate template = UriTemplate.parse(uri);
            boolean isConstant = template.parts().stream().allMatch(UriTemplate.Part.Literal.class::isInstance);
            return isConstant ? Template.constant(part.value()) : template;
        } catch (UriTemplate.InvalidUriTemplateException invalid) {
            part.report()
                    .errorInside(part.pointer(), invalid.offset(), ProblemCode.INVALID_VALUE, invalid.getMessage());
            return Template.constant(Json.NODES.nullNode());
        }
    }

    private static void checkForm(Part part, String uri, List<String> schemes) {
        Matcher scheme = SCHEME.matcher(uri);
        if (uri.isBlank() || BLANK.matcher(uri).find()) {
            part.invalid("Expected a URI, which has no spaces, but found " + part.found());
        } else if (scheme.matches() && !schemes.contains(scheme.group(1).toLowerCase(Locale.ROOT))) {
            part.invalid("Expected a URI with the scheme " + String.join(" or ", schemes) + ", but found "
                    + part.found() + NearMiss.hint(scheme.group(1), schemes));
        }
    }

    private static JsonNode checkedText(String pointer, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new ExpressionException("Expected a text with a URI of the expression at " + pointer + ", but found "
                    + Part.shortened(Json.write(value)));
        }
        return value;
    }

    static JsonNode checkedObject(String pointer, JsonNode value) {
        if (!value.isObject()) {
            throw new ExpressionException("Expected an object of the expression at " + pointer + ", but found "
                    + Part.shortened(Json.write(value)));
        }
        return value;
    }
}

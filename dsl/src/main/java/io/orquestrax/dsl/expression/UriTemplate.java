package io.orquestrax.dsl.expression;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A URI in which {@code {name}} stands for a member of the input (RFC 6570, simple expansion; DSL reference, URI
 * Template).
 *
 * @param parts in their order
 */
public record UriTemplate(List<Part> parts) implements Template {
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9_.-]|%[0-9A-Fa-f]{2})+");
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)\\}|[{}]");
    private static final Set<Character> OPERATORS = Set.of('+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|');
    private static final String UNRESERVED = "-._~";

    public UriTemplate {
        parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    public sealed interface Part {

        record Literal(String text) implements Part {}

        /** The values of these members, with commas between; those that are missing or null are left out. */
        record Expansion(List<String> names) implements Part {
            public Expansion {
                names = List.copyOf(names);
            }
        }
    }

    /** A text that is no template of this form. */
    public static final class InvalidUriTemplateException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String text;
        private final int offset;

        InvalidUriTemplateException(String message, int offset) {
            super(message, null, false, false);
            this.text = message;
            this.offset = offset;
        }

        @Override
        public String getMessage() {
            return text;
        }

        /** Of the mistake in the text, in UTF-16 units from 0. */
        public int offset() {
            return offset;
        }
    }

    public static UriTemplate parse(String text) throws InvalidUriTemplateException {
        List<Part> parts = new ArrayList<>();
        Matcher braces = BRACES.matcher(text);
        int end = 0;
        while (braces.find()) {
            String names = braces.group(1);
            if (names == null) {
                throw new InvalidUriTemplateException(
                        "Expected braces in pairs around the name of a member of the input, but found a single \""
                                + braces.group() + "\"",
                        braces.start());
            }
            if (braces.start() > end) {
                parts.add(new Part.Literal(text.substring(end, braces.start())));
            }
            parts.add(expansion(names, braces.start(1)));
            end = braces.end();
        }
        if (end < text.length()) {
            parts.add(new Part.Literal(text.substring(end)));
        }
        return new UriTemplate(parts);
    }

    private static Part expansion(String names, int offset) throws InvalidUriTemplateException {
        if (!names.isEmpty() && OPERATORS.contains(names.charAt(0))) {
            throw new InvalidUriTemplateException(
                    "Expected the name of a member of the input in the braces, but found the operator \""
                            + names.charAt(0) + "\"; only the simple expansion {name} is known",
                    offset);
        }
        List<String> known = List.of(names.split(",", -1));
        for (String name : known) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidUriTemplateException(
                        "Expected the name of a member of the input in the braces, but found \"" + name + "\"", offset);
            }
        }
        return new Part.Expansion(known);
    }

    /**
     * The URI, as a text.
     *
     * @throws ExpressionException if a member that it names is an object or a list
     */
    @Override
    public JsonNode evaluate(JsonNode input, Variables variables) {
        StringBuilder uri = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> uri.append(literal.text());
                case Part.Expansion expansion -> uri.append(expanded(expansion, input));
            }
        }
        return Json.NODES.textNode(uri.toString());
    }

    private static String expanded(Part.Expansion expansion, JsonNode input) {
        return expansion.names().stream()
                .filter(name ->
                        !input.path(name).isMissingNode() && !input.path(name).isNull())
                .map(name -> encoded(text(name, input.path(name))))
                .collect(Collectors.joining(","));
    }

    private static String text(String name, JsonNode value) {
        if (!value.isValueNode()) {
            throw new ExpressionException("Expected a text, a number, true or false for {" + name
                    + "} of a URI template, but found "
                    + (value.isObject() ? "an object" : "a list"));
        }
        return value.asText();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean isUnreserved =
                    character < 0x80 && Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0;
            if (isUnreserved) {
                encoded.append(character);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) character));
            }
        }
        return encoded.toString();
    }
}

package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the attributes and the data of an event to publish, and checks the names of attributes (CloudEvents 1.0). */
record EventAttributes(Expressions expressions) {
    static final String DATA = "data";
    private static final String EXPECTED = "an object with the event's attributes, type among them";
    private static final List<String> TEXTS =
            List.of("id", "source", "type", "time", "subject", "datacontenttype", "dataschema", "specversion");
    /** Without those that are near to too much. */
    private static final List<String> LONGER = Stream.concat(
                    TEXTS.stream().filter(each -> each.length() > 2), Stream.of(DATA))
            .toList();

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

    /** Those of CloudEvents, and the data. */
    static String[] names() {
        return Stream.concat(TEXTS.stream(), Stream.of(DATA)).toArray(String[]::new);
    }

    Template emitted(Part part, VisibleNames names) {
        Fields fields = part.fields(EXPECTED);
        fields.required("type", "what kind of event it is");
        Map<String, Template> members = new LinkedHashMap<>();
        for (String name : fields.names()) {
            Part member = part.member(name);
            if (!name.equals(DATA)) {
                checkName(member, name);
                checkValue(member, name);
                if (fields.has("type")) {
                    warnOfSimilar(member, name);
                }
            }
            members.put(name, expressions.value(member, names, Moment.DEFINITION));
        }
        fields.reportMissing(fields.names().stream()
                .filter(each -> !NAME.matcher(each).matches())
                .toList());
        return Template.object(members);
    }

    static void checkName(Part member, String name) {
        if (!NAME.matcher(name).matches()) {
            member.report()
                    .errorAtKey(
                            member.pointer(),
                            ProblemCode.INVALID_VALUE,
                            "Expected the name of an event's attribute, of lower-case letters and digits, but found \""
                                    + Part.shortened(name) + "\"" + NearMiss.hint(name, TEXTS));
        }
    }

    /** Any name can be an extension's; one that is nearly another is hardly meant so. */
    static void warnOfSimilar(Part member, String name) {
        if (!TEXTS.contains(name) && NAME.matcher(name).matches()) {
            NearMiss.of(name, LONGER)
                    .ifPresent(each -> member.report()
                            .warningAtKey(
                                    member.pointer(),
                                    ProblemCode.SIMILAR_NAME,
                                    "Expected an attribute of CloudEvents or of an extension, and took \"" + name
                                            + "\" for the last; did you mean \"" + each + "\"?"));
        }
    }

    private static void checkValue(Part member, String name) {
        JsonNode value = member.value();
        boolean isText = value.isTextual() && !value.textValue().isBlank();
        boolean isScalar = isText || value.isBoolean() || value.isIntegralNumber();
        if (TEXTS.contains(name) ? !isText : !isScalar) {
            member.wrongType(
                    TEXTS.contains(name)
                            ? "a text that is not blank"
                            : "a text that is not blank, a whole number, true or false");
        } else if (isText && !ExpressionSyntax.isWrapped(value.textValue())) {
            checkLiteral(member, name, value.textValue());
        }
    }

    private static void checkLiteral(Part member, String name, String text) {
        if (name.equals("specversion") && !text.equals("1.0")) {
            member.invalid("Expected version \"1.0\" of CloudEvents, but found " + member.found());
        }
        if (name.equals("time") && !isTime(text)) {
            member.invalid("Expected a time such as \"2026-01-31T12:00:00Z\" (RFC 3339), but found " + member.found());
        }
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException other) {
            return false;
        }
    }
}

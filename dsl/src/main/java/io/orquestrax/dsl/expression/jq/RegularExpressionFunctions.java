package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Preconditions;
import net.thisptr.jackson.jq.internal.misc.UnicodeUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Matcher;
import org.joni.Region;
import org.jspecify.annotations.Nullable;

/** What {@code match}, {@code test}, {@code sub} and their like are made of. */
final class RegularExpressionFunctions {
    private RegularExpressionFunctions() {}

    /** By their signatures. */
    static Map<String, Function> all() {
        return Map.of(
                "_match_impl/3",
                RegularExpressionFunctions::match,
                "_sub_impl/3",
                RegularExpressionFunctions::substitute);
    }

    private static void match(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        Preconditions.checkInputType("match", in, JsonNodeType.STRING);
        byte[] text = in.textValue().getBytes(StandardCharsets.UTF_8);
        arguments
                .get(2)
                .apply(
                        scope,
                        in,
                        isTest -> arguments.get(1).apply(scope, in, flags -> {
                            Preconditions.checkArgumentType("match", 2, flags, JsonNodeType.STRING, JsonNodeType.NULL);
                            arguments.get(0).apply(scope, in, source -> {
                                Preconditions.checkArgumentType("match", 1, source, JsonNodeType.STRING);
                                RegularExpression expression = new RegularExpression(source, flags);
                                JsonNode result = isTest.booleanValue()
                                        ? Json.NODES.booleanNode(expression.isFoundIn(text))
                                        : matches(expression, text);
                                output.emit(result, null);
                            });
                        }));
    }

    private static ArrayNode matches(RegularExpression expression, byte[] text) {
        int[] codePoints = UnicodeUtils.UTF8CharIndex(text);
        ArrayNode matches = Json.NODES.arrayNode();
        expression.visitMatches(text, match -> {
            ObjectNode shown = matches.addObject();
            describe(shown, text, codePoints, match.getBegin(), match.getEnd());
            captures(shown.putArray("captures"), expression, match, text, codePoints);
        });
        return matches;
    }

    /** A match of no characters has none, as in the library. */
    private static void captures(
            ArrayNode captures, RegularExpression expression, Matcher match, byte[] text, int[] codePoints) {
        Region groups = match.getRegion();
        if (groups == null || match.getBegin() == match.getEnd()) {
            return;
        }
        for (int group = 1; group < groups.getNumRegs(); group++) {
            Budget.step();
            ObjectNode capture = captures.addObject();
            if (groups.getBeg(group) >= 0) {
                describe(capture, text, codePoints, groups.getBeg(group), groups.getEnd(group));
            } else {
                capture.put("offset", -1).put("length", 0).putNull("string");
            }
            capture.put("name", expression.groupName(group));
        }
    }

    private static void describe(ObjectNode shown, byte[] text, int[] codePoints, int begin, int end) {
        shown.put("offset", codePoints[begin])
                .put("length", codePoints[end] - codePoints[begin])
                .put("string", part(text, begin, end));
    }

    private static void substitute(
            Scope scope,
            List<Expression> arguments,
            JsonNode in,
            @Nullable Path path,
            PathOutput output,
            Version version)
            throws JsonQueryException {
        Preconditions.checkInputType("sub", in, JsonNodeType.STRING);
        arguments.get(0).apply(scope, in, source -> {
            Preconditions.checkArgumentType("sub", 1, source, JsonNodeType.STRING);
            arguments.get(2).apply(scope, in, flags -> {
                Preconditions.checkArgumentType("sub", 3, flags, JsonNodeType.STRING);
                RegularExpression expression = new RegularExpression(source, flags);
                new Substitution(scope, arguments.get(1), output).run(pieces(expression, in.textValue()));
            });
        });
    }

    /** The text between the matches as strings, the matches as objects of their named groups. */
    private static ArrayNode pieces(RegularExpression expression, String input) {
        byte[] text = input.getBytes(StandardCharsets.UTF_8);
        ArrayNode pieces = Json.NODES.arrayNode();
        int[] copied = {0};
        expression.visitMatches(text, match -> {
            pieces.add(part(text, copied[0], match.getBegin()));
            copied[0] = match.getEnd();
            namedGroups(pieces.addObject(), expression, match, text);
        });
        pieces.add(part(text, copied[0], text.length));
        return pieces;
    }

    private static void namedGroups(ObjectNode named, RegularExpression expression, Matcher match, byte[] text) {
        Region groups = match.getRegion();
        for (int group = 1; groups != null && group < groups.getNumRegs(); group++) {
            String name = expression.groupName(group);
            if (name != null) {
                Budget.step();
                named.put(
                        name, groups.getBeg(group) < 0 ? null : part(text, groups.getBeg(group), groups.getEnd(group)));
            }
        }
    }

    private static String part(byte[] text, int begin, int end) {
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }
}

package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joni.Matcher;
import org.joni.Region;
import org.jspecify.annotations.Nullable;

/** What {@code match}, {@code test}, {@code sub} and their like are made of. */
final class RegularExpressionFunctions {
    private RegularExpressionFunctions() {}

    /** By their signatures. */
    static Map<String, NativeFunction> all() {
        return Map.of(
                "_match/2", NativeFunction.ofValues(RegularExpressionFunctions::match),
                "_test/2", NativeFunction.ofValues(RegularExpressionFunctions::test),
                "_sub/3", RegularExpressionFunctions::substitute);
    }

    private static byte[] text(Budget budget, JsonNode in) {
        if (!in.isTextual()) {
            throw new Failure(Shown.typed(in) + " cannot be matched, as it is not a string");
        }
        budget.make(in.textValue().length());
        return in.textValue().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode test(Budget budget, JsonNode in, List<JsonNode> arguments) {
        byte[] text = text(budget, in);
        return Json.NODES.booleanNode(RegularExpression.of(budget, "test", arguments.get(0), arguments.get(1))
                .isFoundIn(budget, text));
    }

    private static JsonNode match(Budget budget, JsonNode in, List<JsonNode> arguments) {
        byte[] text = text(budget, in);
        RegularExpression expression = RegularExpression.of(budget, "match", arguments.get(0), arguments.get(1));
        CodePoints points = new CodePoints(budget, text);
        ArrayNode matches = Json.NODES.arrayNode();
        expression.visitMatches(budget, text, match -> {
            ObjectNode shown = matches.addObject();
            describe(budget, shown, text, points, match.getBegin(), match.getEnd());
            captures(budget, shown.putArray("captures"), expression, match, text, points);
        });
        return matches;
    }

    /** Offsets in bytes as offsets in characters. */
    private static final class CodePoints {
        private final int @Nullable [] offsets;

        CodePoints(Budget budget, byte[] text) {
            int characters = 0;
            for (byte each : text) {
                characters += isStart(each) ? 1 : 0;
            }
            if (characters == text.length) {
                offsets = null;
                return;
            }
            budget.make(text.length);
            int[] counted = new int[text.length + 1];
            for (int index = 0; index < text.length; index++) {
                counted[index + 1] = counted[index] + (index + 1 < text.length && !isStart(text[index + 1]) ? 0 : 1);
            }
            offsets = counted;
        }

        private static boolean isStart(byte each) {
            return (each & 0xC0) != 0x80;
        }

        int at(int bytes) {
            return offsets == null ? bytes : offsets[bytes];
        }
    }

    private static void captures(
            Budget budget,
            ArrayNode captures,
            RegularExpression expression,
            Matcher match,
            byte[] text,
            CodePoints points) {
        Region groups = match.getRegion();
        for (int group = 1; groups != null && group < groups.getNumRegs(); group++) {
            budget.step();
            ObjectNode capture = captures.addObject();
            if (groups.getBeg(group) >= 0) {
                describe(budget, capture, text, points, groups.getBeg(group), groups.getEnd(group));
            } else if (match.getBegin() == match.getEnd()) {
                capture.put("offset", points.at(match.getBegin()))
                        .put("length", 0)
                        .put("string", "");
            } else {
                capture.put("offset", -1).put("length", 0).putNull("string");
            }
            capture.put("name", expression.groupName(group));
        }
    }

    private static void describe(Budget budget, ObjectNode shown, byte[] text, CodePoints points, int begin, int end) {
        budget.work(end - begin);
        shown.put("offset", points.at(begin))
                .put("length", points.at(end) - points.at(begin))
                .put("string", part(text, begin, end));
    }

    private static void substitute(
            Environment environment, List<Filter> arguments, JsonNode in, @Nullable Path path, Filter.Output output) {
        Budget budget = environment.budget();
        arguments
                .get(2)
                .values(
                        environment,
                        in,
                        flags -> arguments.get(0).values(environment, in, source -> {
                            byte[] text = text(budget, in);
                            RegularExpression expression = RegularExpression.of(budget, "sub", source, flags);
                            Substitution substitution = new Substitution(environment, arguments.get(1), text);
                            expression.visitMatches(budget, text, match -> substitution.add(match, expression));
                            substitution.finish(in, output, path);
                        }));
    }

    /** The texts that come of the replacement's first results, of its second ones … */
    private static final class Substitution {
        private final Environment environment;
        private final Filter replacement;
        private final byte[] text;
        private final List<StringBuilder> results = new ArrayList<>();
        private int copied;

        Substitution(Environment environment, Filter replacement, byte[] text) {
            this.environment = environment;
            this.replacement = replacement;
            this.text = text;
        }

        void add(Matcher match, RegularExpression expression) {
            String gap = part(text, copied, match.getBegin());
            copied = match.getEnd();
            ObjectNode groups = namedGroups(environment.budget(), expression, match, text);
            int[] index = {0};
            replacement.values(environment, groups, value -> {
                environment.budget().step();
                if (!value.isTextual()) {
                    throw Arithmetic.PLUS.inapplicable(Json.NODES.textNode(gap), value);
                }
                if (index[0] == results.size()) {
                    results.add(new StringBuilder());
                }
                StringBuilder result = results.get(index[0]);
                String more = value.textValue();
                environment.budget().lengthenText(result.length(), (long) gap.length() + more.length());
                result.append(gap).append(more);
                index[0]++;
            });
        }

        void finish(JsonNode in, Filter.Output output, @Nullable Path path) {
            if (results.isEmpty()) {
                output.emit(in, Path.nowhere(path));
                return;
            }
            String rest = part(text, copied, text.length);
            for (StringBuilder result : results) {
                environment.budget().lengthenText(result.length(), rest.length());
                output.emit(Json.NODES.textNode(result.append(rest).toString()), Path.nowhere(path));
            }
        }
    }

    private static ObjectNode namedGroups(Budget budget, RegularExpression expression, Matcher match, byte[] text) {
        ObjectNode named = Json.NODES.objectNode();
        Region groups = match.getRegion();
        for (int group = 1; groups != null && group < groups.getNumRegs(); group++) {
            String name = expression.groupName(group);
            if (name != null) {
                budget.step();
                named.put(
                        name, groups.getBeg(group) < 0 ? null : part(text, groups.getBeg(group), groups.getEnd(group)));
            }
        }
        return named;
    }

    private static String part(byte[] text, int begin, int end) {
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }
}

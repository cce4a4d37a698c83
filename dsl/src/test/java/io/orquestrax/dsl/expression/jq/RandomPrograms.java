package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Programs that nobody would write, and values for them. */
final class RandomPrograms {
    private static final List<String> EXAMPLES =
            ExampleTable.manual().stream().map(ExampleTable.Example::program).toList();

    private static final List<String> FORMS = List.of(
            "(%s) | (%s)",
            "[%s], (%s)",
            "(%s) + (%s)",
            "(%s) * (%s)",
            "(%s) == (%s)",
            "(%s) // (%s)",
            "(%s) |= (%s)",
            "(%s) += (%s)",
            "def f: %s; %s | f",
            "def f(g): %s | g; f(%s)",
            "(%s) as $x | %s | $x",
            "(%s) as [$a, {$b}] ?// $c | %s | [$a, $b, $c]",
            "reduce (%s) as $x (.; %s)",
            "foreach (%s) as $x (.; %s; [., $x])",
            "try (%s) catch (%s)",
            "[limit(9; %s)] | map(%s)",
            "[recurse(%s)] | %s",
            "path(%s), del(%s)",
            "{a: (%s), \"b\\(1)\": (%s)}",
            "\"\\(%s) and \\(%s)\"",
            "if %s then %s end",
            "label $out | (%s), break $out, (%s)",
            "(%s) | tojson | (%s)",
            "walk(%s) | %s",
            "[.. | %s] | sort_by(%s)");

    private static final List<String> WORDS = List.of(
            ".",
            "..",
            ".a",
            ".b",
            "[",
            "]",
            "[]",
            "{",
            "}",
            "(",
            ")",
            "|",
            ",",
            ":",
            ";",
            "?",
            "?//",
            "//",
            "=",
            "|=",
            "+=",
            "//=",
            "==",
            "<",
            "+",
            "-",
            "*",
            "/",
            "%",
            "and",
            "or",
            "not",
            "if",
            "then",
            "elif",
            "else",
            "end",
            "try",
            "catch",
            "reduce",
            "foreach",
            "as",
            "def",
            "f:",
            "f",
            "$x",
            "$__loc__",
            "label",
            "break",
            "null",
            "true",
            "1",
            "0.5",
            "-1",
            "1e1000",
            "1e-400",
            "9007199254740993",
            "nan",
            "infinite",
            "\"a\"",
            "\"\\(.)\"",
            "\"\\u00e9\"",
            "\"",
            "#",
            "@base64",
            "@csv",
            "@json",
            "@html \"\\(.)\"",
            "empty",
            "error",
            "map(",
            "select(",
            "range(",
            "range(1e9)",
            "repeat(",
            "recurse",
            "until(",
            "limit(",
            "first(",
            "path(",
            "getpath(",
            "setpath(",
            "delpaths(",
            "paths",
            "to_entries",
            "from_entries",
            "with_entries(",
            "add",
            "sort",
            "group_by(",
            "unique",
            "min_by(",
            "flatten",
            "tostream",
            "fromstream(",
            "tojson",
            "fromjson",
            "tonumber",
            "tostring",
            "explode",
            "implode",
            "split(",
            "join(",
            "test(",
            "match(",
            "gsub(",
            "splits(",
            "ascii_downcase",
            "ltrimstr(",
            "indices(",
            "inside(",
            "contains(",
            "combinations",
            "transpose",
            "walk(",
            "env",
            "input",
            "now",
            "mktime",
            "gmtime",
            "todate",
            "strptime(",
            "strftime(",
            "limit(3;",
            "[range(9)]",
            ".[1:]",
            ".[-1]",
            ".[\"a\"]",
            ".[]?",
            "\n");

    private RandomPrograms() {}

    /** Words in any order. */
    static Arbitrary<String> soup() {
        return Arbitraries.of(WORDS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25)
                .flatMap(words -> Arbitraries.of("", " ").map(between -> String.join(between, words)));
    }

    /** Examples of the manual, put into each other. */
    static Arbitrary<String> combined() {
        Arbitrary<String> example = Arbitraries.of(EXAMPLES);
        Arbitrary<String> once = Combinators.combine(Arbitraries.of(FORMS), example, example)
                .as((form, first, second) -> form.formatted(first, second));
        return Combinators.combine(
                        Arbitraries.of(FORMS), Arbitraries.oneOf(example, once), Arbitraries.oneOf(example, once))
                .as((form, first, second) -> form.formatted(first, second));
    }

    /** Examples of the manual, with parts taken out and other things put in. */
    static Arbitrary<String> mutated() {
        Arbitrary<String> inserted = Arbitraries.oneOf(
                Arbitraries.of(WORDS),
                Arbitraries.of(EXAMPLES),
                Arbitraries.strings().ofMaxLength(3));
        Arbitrary<Mutation> mutation = Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 5),
                        inserted)
                .as(Mutation::new);
        return Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of(EXAMPLES), combined()),
                        mutation.list().ofMinSize(1).ofMaxSize(4))
                .as((program, mutations) -> {
                    String changed = program;
                    for (Mutation each : mutations) {
                        changed = each.of(changed);
                    }
                    return changed;
                });
    }

    /**
     * @param place as a part of the program's length
     * @param removed characters
     */
    private record Mutation(double place, int removed, String inserted) {
        String of(String program) {
            int start = (int) (place * program.length());
            int end = Math.min(program.length(), start + removed);
            return program.substring(0, start) + inserted + program.substring(end);
        }
    }

    static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.of(
                                "null",
                                "true",
                                "false",
                                "0",
                                "-1",
                                "1.10",
                                "1e400",
                                "-1e-400",
                                "1e999999999",
                                "9007199254740993",
                                "123456789012345678901234567890",
                                "\"\"",
                                "\"a\"",
                                "\"test\"",
                                "\"\\u0000\"",
                                "\"2015-03-05T23:51:47Z\"",
                                "1425599621",
                                "\"[1,{\\\"a\\\":2}]\"")
                        .map(Json::readTrusted),
                Arbitraries.integers().between(-3, 20).map(Json.NODES::numberNode),
                Arbitraries.doubles().map(each -> Json.NODES.numberNode(BigDecimal.valueOf(each))),
                Arbitraries.strings().ofMaxLength(8).map(RandomPrograms::wellFormed));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> inner = values(depth - 1);
        Arbitrary<JsonNode> objects = Combinators.combine(
                        Arbitraries.of("a", "b", "key", "value", "name", "x")
                                .list()
                                .ofMaxSize(4),
                        inner.list().ofSize(4))
                .as(RandomPrograms::object);
        return Arbitraries.oneOf(inner, inner.list().ofMaxSize(4).map(RandomPrograms::array), objects);
    }

    /** Half a character is not JSON. */
    private static JsonNode wellFormed(String text) {
        List<Integer> points = new ArrayList<>();
        text.codePoints().filter(point -> point < 0xD800 || point > 0xDFFF).forEach(points::add);
        StringBuilder whole = new StringBuilder();
        points.forEach(whole::appendCodePoint);
        return Json.NODES.textNode(whole.toString());
    }

    private static JsonNode array(List<JsonNode> items) {
        ArrayNode array = Json.NODES.arrayNode();
        items.forEach(array::add);
        return array;
    }

    private static JsonNode object(List<String> names, List<JsonNode> values) {
        ObjectNode object = Json.NODES.objectNode();
        for (int index = 0; index < names.size(); index++) {
            object.set(names.get(index), values.get(index));
        }
        return object;
    }
}

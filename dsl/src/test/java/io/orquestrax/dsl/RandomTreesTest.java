package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.source.DocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No tree crashes the compiler or keeps it busy, however its members were lost, doubled, moved or replaced. */
class RandomTreesTest {
    private static final DocumentCompiler COMPILER = new DocumentCompiler();
    private static final List<JsonNode> TREES = Stream.of("examples", "invalid")
            .flatMap(folder -> SpecificationFiles.yaml(folder).stream())
            .map(SpecificationFiles::text)
            .map(text -> DocumentReader.read(text).document().orElseThrow().root())
            .toList();
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"${ . }\"",
            "\"${ $secrets.x }\"",
            "\"${ broken\"",
            "\"{x}\"",
            "\"http\"",
            "\"getPetById\"",
            "\"default\"",
            "\"PT1S\"",
            "\"latest\"",
            "\"end\"",
            "\"a[b\"",
            "\"\\u0000\\ud800\"",
            "{}",
            "[]",
            "[[]]",
            "{\"\":{}}");

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void compilesOrRefusesEveryMutatedTree(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode tree = TREES.get(random.nextInt(TREES.size())).deepCopy();
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            change(tree, random);
        }

        check(Json.write(tree));
    }

    @TestFactory
    Stream<DynamicTest> compilesOrRefusesWhatIsTooMuch() {
        String header = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
        return Stream.of(
                        "[".repeat(10_000),
                        "{a: ".repeat(10_000),
                        "- ".repeat(10_000),
                        "? ".repeat(10_000),
                        "\"" + "\\u0041".repeat(100_000),
                        header + "do: [" + "{a: {set: {x: 1}}}, ".repeat(20_000) + "]",
                        header + "do: [" + "{a: {do: [".repeat(40) + "]}}".repeat(40) + "]",
                        header + "do: [{a: {set: {" + "x: 1, ".repeat(30_000) + "}}}]",
                        header + "do: &a [{b: {set: {x: 1}}}]\nuse: {functions: {f: {do: *a}, g: {do: *a}}}\n",
                        header + "use: {extensions: [" + extensions(60) + "]}\ndo: []\n",
                        header + "use: {extensions: [" + extensions(50) + "]}\ndo: [" + sets(5000) + "]\n",
                        header + "do: [{a: {call: '" + "x".repeat(100_000) + "'}}]\n",
                        header + "do: [{a: {wait: P" + "1".repeat(100_000) + "D}}]\n",
                        header + "do: [{a: {set: '" + "(".repeat(90_000) + "'}}]\n",
                        header + "do: [{a: {call: http, with: {method: get, endpoint: '" + "{a}".repeat(50_000)
                                + "'}}}]\n",
                        header + "do: [{a: {listen: {to: {one: {with: {type: '" + "(a*)*".repeat(300) + "'}}}}}}]\n",
                        header + "schedule: {cron: '" + "1,".repeat(200) + "1 * * * *'}\ndo: []\n",
                        header + "do:\n\t- a: {set: {x: 1}}\n",
                        "\uFEFF" + header + "do: []\n",
                        header + "do: []\u0001\n",
                        header.replace("\n", "\r") + "do: []\r")
                .map(source -> DynamicTest.dynamicTest(
                        source.substring(0, Math.min(90, source.length())), () -> check(source)));
    }

    private static String extensions(int count) {
        return String.join(
                ", ",
                IntStream.range(0, count)
                        .mapToObj(index -> "{e" + index + ": {extend: all, before: [{x: {set: .}}]}}")
                        .toList());
    }

    private static String sets(int count) {
        return String.join(
                ", ",
                IntStream.range(0, count)
                        .mapToObj(index -> "{s" + index + ": {set: .}}")
                        .toList());
    }

    private static void check(String source) {
        Compilation compilation = TimeGuard.ends(source, () -> COMPILER.compile(source));
        boolean hasErrors =
                compilation.problems().stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        assertThat(compilation.plan().isPresent()).isEqualTo(!hasErrors);
        assertThat(compilation.problems()).doesNotHaveDuplicates().allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).startsWith("Expected ");
        });
    }

    private static void change(JsonNode tree, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode owner = containers.get(random.nextInt(containers.size()));
        JsonNode other = containers.get(random.nextInt(containers.size()));
        JsonNode value =
                random.nextBoolean() ? Json.readTrusted(SCALARS.get(random.nextInt(SCALARS.size()))) : other.deepCopy();
        switch (owner) {
            case ObjectNode object -> changeMember(object, value, other, random);
            case ArrayNode array -> changeItem(array, value, random);
            default -> throw new AssertionError("Expected only objects and lists");
        }
    }

    private static void changeMember(ObjectNode object, JsonNode value, JsonNode other, Random random) {
        List<String> names = names(object);
        String name = names.isEmpty() ? "do" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name, value);
            case 2 -> {
                JsonNode moved = object.remove(name);
                object.set(name + "x", moved == null ? value : moved);
            }
            default -> {
                List<String> others = names(other);
                object.set(others.isEmpty() ? "with" : others.get(random.nextInt(others.size())), value);
            }
        }
    }

    private static void changeItem(ArrayNode array, JsonNode value, Random random) {
        int index = array.isEmpty() ? 0 : random.nextInt(array.size());
        switch (random.nextInt(3)) {
            case 0 -> array.remove(index);
            case 1 -> array.insert(index, value);
            default -> array.add(array.isEmpty() ? value : array.get(index).deepCopy());
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(inner -> collect(inner, containers));
        }
    }
}

package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.ExpressionSyntaxException;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** No text crashes the compiler or keeps it busy; a failure prints the seed that repeats it. */
class RandomDocumentsTest {
    private static final DocumentCompiler COMPILER = new DocumentCompiler();
    private static final ExpressionCompiler EXPRESSIONS = new ExpressionCompiler();
    private static final List<String> DOCUMENTS = Stream.of("examples", "invalid")
            .flatMap(folder -> SpecificationFiles.yaml(folder).stream())
            .map(SpecificationFiles::text)
            .toList();
    private static final List<String> FRAGMENTS = List.of(
            "\n",
            "  ",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|",
            ">",
            "&a ",
            "*a",
            "!!str ",
            "#",
            "---\n",
            "\t",
            "${ ",
            " }",
            ".x",
            "then: end\n",
            "set: ",
            "if: ",
            "null",
            "0x1F",
            "1e9",
            ".nan",
            "é",
            "😀",
            "\\",
            "?",
            "%",
            "do:\n",
            "try:\n",
            "catch:\n",
            "wait: PT1S\n",
            "$error",
            "\u0000",
            "\uD800");
    private static final List<String> WORDS = List.of(
            ".",
            "..",
            ".a",
            ".[0]",
            ".[]",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "|",
            ",",
            ":",
            ";",
            "?",
            "//",
            "+",
            "-",
            "*",
            "/",
            "%",
            "==",
            "<",
            "=",
            "|=",
            "+=",
            "and",
            "or",
            "not",
            "if",
            "then",
            "elif",
            "else",
            "end",
            "as",
            "$x",
            "$input",
            "def f:",
            "def g(x):",
            "f",
            "g(.)",
            "reduce",
            "foreach",
            "try",
            "catch",
            "label $l |",
            "break $l",
            "1",
            "0",
            "-1",
            "1e999",
            "1.50",
            "\"s\"",
            "\"\\(",
            "null",
            "true",
            "map(",
            "select(",
            "range(9)",
            "range(1e9)",
            "recurse",
            "repeat(.)",
            "until(.;.)",
            "limit(3;",
            "first(",
            "path(",
            "to_entries",
            "from_entries",
            "tojson",
            "fromjson",
            "test(\"a\")",
            "split(\",\")",
            "sort",
            "group_by(",
            "add",
            "flatten",
            "keys",
            "length",
            "error",
            "empty",
            "strftime(\"%Y\")",
            "mktime",
            "implode",
            "@base64",
            "@csv",
            "tostream",
            "walk(",
            "getpath(",
            "#");

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void compilesOrRefusesEveryMutatedDocument(@ForAll("mutatedDocuments") String source) {
        Compilation compilation = TimeGuard.ends(source, () -> COMPILER.compile(source));

        boolean hasErrors =
                compilation.problems().stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        assertThat(compilation.plan().isPresent()).isEqualTo(!hasErrors);
        assertThat(compilation.problems()).allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).startsWith("Expected ");
        });
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void evaluatesOrRefusesEveryExpression(@ForAll("programs") String program) {
        try {
            Expression expression = EXPRESSIONS.compile(program);
            expression.evaluate(
                    Json.readTrusted("{\"a\":[1,2.50,\"x\",null,{\"b\":true}]}"),
                    Variables.at(Instant.EPOCH).with("input", Json.readTrusted("[1]")));
        } catch (ExpressionSyntaxException refused) {
            assertThat(refused.offset()).isBetween(0, program.length());
        } catch (ExpressionException failed) {
            assertThat(failed.getMessage()).startsWith("Expected ");
        }
    }

    @Provide
    Arbitrary<String> mutatedDocuments() {
        Arbitrary<String> mutated = Arbitraries.of(DOCUMENTS);
        for (int round = 0; round < 3; round++) {
            mutated = Combinators.combine(
                            mutated,
                            Arbitraries.integers().between(0, 1000),
                            Arbitraries.integers().between(0, 12),
                            Arbitraries.of(FRAGMENTS))
                    .as(RandomDocumentsTest::mutate);
        }
        return mutated;
    }

    private static String mutate(String document, int place, int removed, String inserted) {
        int start = document.length() * place / 1001;
        int end = Math.min(document.length(), start + removed);
        return document.substring(0, start) + inserted + document.substring(end);
    }

    @Provide
    Arbitrary<String> programs() {
        Arbitrary<String> ofWords =
                Arbitraries.of(WORDS).list().ofMinSize(1).ofMaxSize(10).map(words -> String.join(" ", words));
        Arbitrary<String> ofCharacters = Arbitraries.strings().ofMaxLength(30);
        return Arbitraries.frequencyOf(Tuple.of(5, ofWords), Tuple.of(1, ofCharacters));
    }
}

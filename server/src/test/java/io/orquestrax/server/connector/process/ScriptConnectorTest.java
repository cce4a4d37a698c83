package io.orquestrax.server.connector.process;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.connector.TestingConnectors;
import io.orquestrax.server.connector.http.TestingSite;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts in the two languages of the specification, by the interpreters of this machine. */
@Timeout(120)
class ScriptConnectorTest {
    private static final Map<String, String> HELLO = Map.of(
            "js", """
                    import { readFileSync } from 'node:fs';
                    console.log([readFileSync(0, 'utf8'), ...process.argv.slice(2), process.env.COLOR].join('|'));
                    """,
            "python", """
                    import os, sys
                    print("|".join([sys.stdin.read(), *sys.argv[1:], os.environ["COLOR"]]))
                    """);

    @ParameterizedTest
    @ValueSource(strings = {"js", "python"})
    void givesInputArgumentsAndEnvironment(String language) throws Exception {
        ObjectNode with = script(language, requireNonNull(HELLO.get(language)));
        with.put("stdin", "in");
        with.putArray("arguments").add("a b").add(7);
        with.putObject("environment").put("COLOR", "röd");

        assertThat(run(with).textValue()).isEqualTo("in|a b|7|röd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "python"})
    void definesNamedArguments(String language) throws Exception {
        String print = language.equals("js") ? "console.log(order.id + name)" : "print(str(order['id']) + name)";
        ObjectNode with = script(language, print);
        with.putObject("arguments").put("name", "Ada 😀").putObject("order").put("id", 7);

        assertThat(run(with).textValue()).isEqualTo("7Ada 😀");
    }

    @Test
    void hasWhatEcmaScript2024Has() throws Exception {
        ObjectNode with = script("js", """
                const { promise, resolve } = Promise.withResolvers();
                setTimeout(() => resolve('later'), 1);
                const even = Object.groupBy([1, 2, 3], n => n % 2 ? 'odd' : 'even');
                const byMap = Map.groupBy(['a', 'bb', 'c'], text => text.length);
                const buffer = new ArrayBuffer(4, { maxByteLength: 8 });
                const moved = buffer.transfer(6);
                console.log(JSON.stringify([await promise, even, byMap.get(1), buffer.detached ?? buffer.byteLength === 0,
                    moved.byteLength, moved.resizable, 'a\\uD800'.isWellFormed(), /[\\p{L}--[a-z]]/v.test('A'),
                    require('node:path').basename('/x/y')]));
                """);

        assertThat(run(with).textValue())
                .isEqualTo("[\"later\",{\"odd\":[1,3],\"even\":[2]},[\"a\",\"c\"],true,6,true,false,true,\"y\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "python"})
    void tellsWhereAScriptFailed(String language) {
        String code = language.equals("js") ? "\nthrow new Error('broken here')" : "\nraise ValueError('broken here')";

        WorkflowError error = failure(script(language, code));

        assertThat(error.type()).endsWith("/runtime");
        assertThat(error.title()).isEqualTo("Exit code 1");
        assertThat(error.detail())
                .containsPattern("^.* ended with 1: (Value)?Error: broken here\n")
                .containsPattern("script\\.(mjs:2|py\", line 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "python"})
    void saysFirstWhatIsWrongWithAScriptThatCannotBeRead(String language) {
        WorkflowError error = failure(script(language, "let = = 1"));

        assertThat(error.detail()).containsPattern("^.* ended with 1: SyntaxError: .*\n");
    }

    @Test
    void isolatesPythonFromFoldersAndVariables() throws Exception {
        ObjectNode with = script("python", "import sys; print(sys.flags.isolated, [p for p in sys.path if not p])");
        with.putObject("environment").put("PYTHONPATH", "/tmp/evil");

        assertThat(run(with).textValue()).isEqualTo("1 []");
    }

    @Test
    void fetchesASourceByTheRuleOfHosts() throws Exception {
        try (TestingSite site = new TestingSite()) {
            site.on("/script.py", (exchange, asked) -> TestingSite.send(exchange, 200, "text/plain", "print(6 * 7)"));
            ObjectNode with = Json.NODES.objectNode().put("language", "python");
            with.putObject("source").putObject("endpoint").put("uri", site.url("/script.py"));

            assertThat(run(with).textValue()).isEqualTo("42");

            with.putObject("source").putObject("endpoint").put("uri", "http://169.254.169.254/script.py");
            assertThat(failure(with).title()).isEqualTo("Host not allowed");
        }
    }

    @Test
    void refusesOtherLanguages() {
        assertThat(failure(script("perl", "1")).detail()).contains("js or python", "\"perl\"");
    }

    private static ObjectNode script(String language, String code) {
        return Json.NODES.objectNode().put("language", language).put("code", code);
    }

    private static TestingConnectors connectors() {
        return TestingConnectors.of(Map.of("connectors", "script"), Map.of());
    }

    private static JsonNode run(ObjectNode with) throws Exception {
        try (TestingConnectors connectors = connectors()) {
            return connectors.execute("script", with);
        }
    }

    private static WorkflowError failure(ObjectNode with) {
        try (TestingConnectors connectors = connectors()) {
            return connectors.failureOf("script", with);
        }
    }
}

package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources.UnavailableException;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.Plan;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of catalogs and at URLs. */
class OutsideFunctionsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";

    private final DocumentCompiler compiler = new DocumentCompiler();
    private final Map<String, String> functions = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://host/f.yaml                                  | https://host/f.yaml
            https://github.com/o/r/blob/main/functions/f.yaml    | https://raw.githubusercontent.com/o/r/main/functions/f.yaml
            https://github.com/o/r/tree/v1/f.yaml                | https://raw.githubusercontent.com/o/r/v1/f.yaml
            https://gitlab.com/g/s/p/-/blob/main/f.yaml          | https://gitlab.com/g/s/p/-/raw/main/f.yaml
            log:1.0.0@default                                    | orquestrax:///functions/log/1.0.0
            log:1.0.0@plain                                      | https://host/catalog/functions/log/1.0.0/function.yaml
            log:1.0.0-rc.1@hub                                   | https://raw.githubusercontent.com/o/r/main/sub/functions/log/1.0.0-rc.1/function.yaml
            log:2.1.0@lab                                        | https://gitlab.com/g/p/-/raw/main/functions/log/2.1.0/function.yaml
            """)
    void looksWhereAFunctionIs(String call, String place) {
        functions.put(place, "{\"set\": {\"said\": \"${ .text }\"}}");

        Plan plan = compile("""
                use:
                  catalogs:
                    plain: {endpoint: 'https://host/catalog/'}
                    hub: {endpoint: {uri: 'https://github.com/o/r/tree/main/sub'}}
                    lab: {endpoint: {uri: 'https://gitlab.com/g/p/-/tree/main'}}
                do:
                - a: {call: '%s', with: {text: hi}}
                - b: {call: '%s', with: {text: ho}}
                """.formatted(call, call)).plan().orElseThrow();

        FunctionTask task = (FunctionTask) plan.task("/do/0/a");
        assertThat(task.body().tasks()).hasSize(1);
        assertThat(task.body().tasks().getFirst().kind()).isEqualTo("set");
        assertThat(((FunctionTask) plan.task("/do/1/b")).body()).isSameAs(task.body());
        assertThat(asked).containsExactly(place);
    }

    @Test
    void tellsWhoAsksWhereACatalogOrASchemaWantsToKnow() {
        Map<String, String> shown = new HashMap<>();
        ExternalResources resources = new ExternalResources() {
            @Override
            public Optional<JsonNode> find(URI uri) throws UnavailableException {
                throw new UnavailableException("nobody said who asks");
            }

            @Override
            public Optional<JsonNode> find(URI uri, JsonNode authentication) {
                shown.put(uri.toString(), Json.write(authentication));
                return Optional.of(
                        Json.readTrusted(uri.getPath().equals("/s.json") ? "true" : "{\"set\": {\"x\": 1}}"));
            }
        };
        Compilation compilation = compiler.compile(HEADER + """
                use:
                  secrets: [reader]
                  authentications: {known: {basic: {use: reader}}}
                  catalogs:
                    mine: {endpoint: {uri: 'https://host/c', authentication: {bearer: {token: '${ $secrets.reader }'}}}}
                input: {schema: {resource: {endpoint: {uri: 'https://host/s.json', authentication: {use: known}}}}}
                do:
                - a: {call: 'log:1.0.0@mine'}
                """, resources);

        assertThat(compilation.problems()).isEmpty();
        assertThat(shown.get("https://host/s.json"))
                .isEqualTo("{\"with\":{\"authentication\":{\"basic\":{\"secret\":\"reader\"}}}}");
        assertThat(shown.get("https://host/c/functions/log/1.0.0/function.yaml"))
                .startsWith("{\"with\":{\"authentication\":{\"bearer\":{\"token\":null}}},\"deferred\":")
                .contains("\"secrets\":[\"reader\"]");
    }

    @Test
    void aFunctionMayCallOthers() {
        functions.put("https://host/a", "{\"do\": [{\"inner\": {\"call\": \"https://host/b\"}}]}");
        functions.put("https://host/b", "{\"set\": {\"x\": 1}}");

        assertThat(compile("do: [{t: {call: 'https://host/a'}}]").plan()).isPresent();
        assertThat(asked).containsExactly("https://host/a", "https://host/b");
    }

    @Test
    void refusesOneThatCallsItself() {
        functions.put("https://host/a", "{\"do\": [{\"inner\": {\"call\": \"https://host/a\"}}]}");

        assertThat(problems("do: [{t: {call: 'https://host/a'}}]")).containsExactly("recursive-function /do/0/t/call");
    }

    @Test
    void tellsWhatIsWrongWithAFunctionWhereItIsCalled() {
        functions.put("https://host/a", "{\"do\": [{\"inner\": {\"sett\": 1}}]}");

        Compilation compilation = compile("do: [{t: {call: 'https://host/a'}}]");

        assertThat(compilation.plan()).isEmpty();
        Problem problem = compilation.problems().getFirst();
        assertThat(problem.pointer()).isEqualTo("/do/0/t/call");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.message()).startsWith("In https://host/a at /do/0/inner/sett: Expected one of");
    }

    @Test
    void tellsWhatIsWrongWithACall() {
        assertThat(problems("""
                use:
                  catalogs:
                    default: {endpoint: 'https://host'}
                    odd: {endpoint: 'no uri'}
                do:
                - a: {call: 'https://host/gone'}
                - b: {call: 'log@default'}
                - c: {call: 'log:1.0.0@unknown'}
                - d: {call: 'ftp://host/f'}
                - e: {call: 'log:1.0.0@odd'}
                """))
                .containsExactly(
                        "invalid-value /use/catalogs/default",
                        "invalid-value /use/catalogs/odd/endpoint",
                        "unavailable-resource /do/0/a/call",
                        "invalid-value /do/1/b/call",
                        "unknown-reference /do/2/c/call",
                        "invalid-value /do/3/d/call");
    }

    @Test
    void judgesAFunctionThatStandsAlone() {
        assertThat(compiler.problemsOfFunction("set: { a: 1 }")).isEmpty();
        assertThat(compiler.problemsOfFunction("""
                call: http
                with:
                  method: get
                  endpoint: { uri: 'https://host', authentication: { use: ofTheWorkflow } }
                """)).isEmpty();
        assertThat(compiler.problemsOfFunction("do:\n- a: {sett: 1}\n"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.line() + " " + problem.pointer()).isEqualTo("2 /do/0/a/sett"));
        assertThat(compiler.problemsOfFunction("- no task")).isNotEmpty();
    }

    private Compilation compile(String body) {
        return compiler.compile(HEADER + body, this::find);
    }

    private List<String> problems(String body) {
        return compile(body).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> problem.code() + " " + problem.pointer())
                .toList();
    }

    private Optional<JsonNode> find(URI uri) throws UnavailableException {
        asked.add(uri.toString());
        String function = functions.get(uri.toString());
        if (function == null) {
            throw new UnavailableException("nothing is there");
        }
        return Optional.of(Json.readTrusted(function));
    }
}

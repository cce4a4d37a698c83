package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DocumentProblemsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
    private static final DocumentCompiler COMPILER = new DocumentCompiler();
    private static final ExternalResources RESOURCES = DocumentProblemsTest::resource;

    private static Optional<JsonNode> resource(URI uri) throws ExternalResources.UnavailableException {
        return switch (uri.getPath()) {
            case "/right" -> Optional.of(Json.readTrusted("{}"));
            case "/wrong" -> Optional.of(Json.readTrusted("{\"type\": \"objec\"}"));
            default -> throw new ExternalResources.UnavailableException("there is none");
        };
    }

    /**
     * @param expected each as {@code line:column code pointer}
     */
    private record Wrong(String what, String document, List<String> expected) {}

    private static Wrong whole(String what, String document, String... expected) {
        return new Wrong(what, document, List.of(expected));
    }

    /** The body starts in line 2. */
    private static Wrong body(String what, String body, String... expected) {
        return new Wrong(what, HEADER + body, List.of(expected));
    }

    private static List<Wrong> texts() {
        return List.of(
                whole("malformed YAML", "a: [1, 2\nb: 3\n", "2:2 syntax "),
                whole("malformed JSON", "{\"a\": tru\n", "2:1 syntax "),
                whole("a quote that is not closed", "a: 1\nb: \"foo\nc: 1\n", "2:4 syntax "),
                whole("a quote that the next one closes", "a: \"foo\nb: \"bar\"\n", "2:5 syntax "),
                whole("a control character", "a: \u0007\n", "1:1 syntax "),
                whole("nothing", "", "1:1 empty-document "),
                whole("only a comment", "# nothing\n", "1:1 empty-document "),
                whole("two documents", HEADER + "do: []\n---\na: 1\n", "3:1 multiple-documents "),
                whole("too many characters", "#".repeat(3_000_000), "1:1 too-large "),
                whole("an alias bomb", aliasBomb(), "1:35 too-large "),
                whole("too many levels", "[".repeat(200) + "]".repeat(200), "1:102 too-deep "),
                whole("a list", "[]", "1:1 wrong-type "),
                body("a key that stands twice", "do: []\ndo: []\n", "3:1 duplicate-key /do"),
                body(
                        "a value that JSON has not",
                        "do: []\ntimeout: {after: {days: .inf}}\n",
                        "3:25 not-json /timeout/after/days"),
                body("a number that is too long", "do:\n- a: {set: {x: 1e99999}}\n", "3:16 not-json /do/0/a/set/x"),
                body("a merge key", "do:\n- a: &a {set: {x: 1}}\n- b: {<<: *a, if: .y}\n", "4:7 not-json /do/1/b"),
                body("a tag", "do: !list []\n", "2:5 not-json /do"));
    }

    private static String aliasBomb() {
        return """
                a: &a [x, x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
    }

    private static List<Wrong> headers() {
        return List.of(
                whole("no document", "do: []\n", "1:1 missing-property "),
                whole(
                        "no name and no version",
                        "document: {dsl: 1.0.0, namespace: a}\ndo: []\n",
                        "1:1 missing-property /document",
                        "1:1 missing-property /document"),
                whole(
                        "a later DSL",
                        "document: {dsl: 1.1.0, namespace: a, name: b, version: 1.0.0}\ndo: []\n",
                        "1:17 unsupported-dsl-version /document/dsl"),
                whole(
                        "a version as a number",
                        "document: {dsl: 1.0.0, namespace: a, name: b, version: 0.1}\ndo: []\n",
                        "1:56 wrong-type /document/version"),
                whole(
                        "a version of two numbers",
                        "document: {dsl: 1.0.0, namespace: a, name: b, version: '1.0'}\ndo: []\n",
                        "1:56 invalid-value /document/version"),
                whole(
                        "names that are no labels",
                        "document: {dsl: 1.0.0, namespace: -a, name: b c, version: 1.0.0}\ndo: []\n",
                        "1:35 invalid-value /document/namespace",
                        "1:45 invalid-value /document/name"),
                whole(
                        "a misspelt property",
                        "document: {dsl: 1.0.0, namespace: a, name: b, version: 1.0.0, titel: x}\ndo: []\n",
                        "1:63 unknown-property /document/titel"),
                body("no tasks", "input: {}\n", "1:1 missing-property "),
                body("tasks that are nothing", "do:\n", "2:4 wrong-type /do"),
                body("an unknown section", "do: []\ndoo: []\n", "3:1 unknown-property /doo"),
                body(
                        "a section of nothing, and one at the wrong place",
                        "do: []\nuse: {catalogs: {}}\nextensions: []\n",
                        "4:1 unknown-property /extensions"),
                body("an empty schedule", "do: []\nschedule: {}\n", "3:11 invalid-value /schedule"),
                body(
                        "a schedule of mistakes",
                        "do: []\nschedule: {every: PT0S, cron: 0 0 * *, after: 5, read: data, crn: x}\n",
                        "3:19 invalid-value /schedule/every",
                        "3:31 invalid-value /schedule/cron",
                        "3:47 wrong-type /schedule/after",
                        "3:56 invalid-value /schedule/read",
                        "3:62 unknown-property /schedule/crn"),
                body(
                        "cron fields out of range",
                        "do: []\nschedule: {cron: 61 0 * * *}\n",
                        "3:18 invalid-value /schedule/cron"),
                body(
                        "a day that never comes",
                        "do: []\nschedule: {cron: 0 0 31 2 *}\n",
                        "3:18 invalid-value /schedule/cron"),
                body(
                        "a time zone that is none",
                        "do: []\nschedule: {cron: CRON_TZ=Europe/Pari 0 0 * * *}\n",
                        "3:18 invalid-value /schedule/cron"),
                body(
                        "a schedule by expressions",
                        "do: []\nschedule: {every: '${ .x }', on: {one: {with: {type: x, data: '${ $input }'}}}}\n",
                        "3:19 invalid-value /schedule/every",
                        "3:67 unknown-variable /schedule/on/one/with/data"),
                body(
                        "how to evaluate",
                        "do: []\nevaluate: {language: javascript, mode: lose, more: 1}\n",
                        "3:22 invalid-value /evaluate/language",
                        "3:40 invalid-value /evaluate/mode",
                        "3:46 unknown-property /evaluate/more"));
    }

    private static List<Wrong> references() {
        return List.of(
                body(
                        "names that nothing has",
                        """
                        do:
                        - a: {raise: {error: overflow}, if: .x, timeout: short}
                        - b: {try: [], catch: {retry: policy}}
                        - c: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {use: me}}}}
                        - d: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {basic: {use: s}}}}}
                        - e: {call: http, with: {method: get, endpoint: 'http://h', headers: {x: '${ $secrets.s }'}}}
                        timeout: long
                        """,
                        "3:22 unknown-reference /do/0/a/raise/error",
                        "3:50 unknown-reference /do/0/a/timeout",
                        "4:31 unknown-reference /do/1/b/catch/retry",
                        "5:89 unknown-reference /do/2/c/with/endpoint/authentication/use",
                        "6:97 unknown-reference /do/3/d/with/endpoint/authentication/basic/use",
                        "7:78 unknown-reference /do/4/e/with/headers/x",
                        "8:10 unknown-reference /timeout"),
                body(
                        "definitions that are wrong, whether they are used or not",
                        """
                        do: [{a: {if: .x, raise: {error: e}}}, {b: {raise: {error: e}}}]
                        use:
                          errors: {e: {status: 500}, f: {type: x, status: 1}}
                          retries: {r: {dealy: PT1S}}
                          timeouts: {t: {after: 5}}
                          functions: {f: {sett: {}}, g: 5}
                          authentications: {a: {basic: {username: x}}, b: {}}
                          secrets: [x, 5, x]
                          extensions: [{a: {extend: al}}, {b: {before: []}, c: {}}, {a: {extend: all}}]
                          authentication: {}
                        """,
                        "4:12 missing-property /use/errors/e",
                        "4:51 invalid-value /use/errors/f/status",
                        "5:17 unknown-property /use/retries/r/dealy",
                        "6:25 wrong-type /use/timeouts/t/after",
                        "7:19 unknown-task-kind /use/functions/f/sett",
                        "7:33 wrong-type /use/functions/g",
                        "8:25 missing-property /use/authentications/a/basic",
                        "8:51 invalid-value /use/authentications/b",
                        "9:16 wrong-type /use/secrets/1",
                        "9:19 invalid-value /use/secrets/2",
                        "10:29 invalid-value /use/extensions/0/a/extend",
                        "10:35 invalid-value /use/extensions/1",
                        "10:62 invalid-value /use/extensions/2/a",
                        "11:3 unknown-property /use/authentication",
                        "4:30 unused-definition /use/errors/f",
                        "5:13 unused-definition /use/retries/r",
                        "6:14 unused-definition /use/timeouts/t",
                        "7:15 unused-definition /use/functions/f",
                        "7:30 unused-definition /use/functions/g",
                        "8:21 unused-definition /use/authentications/a",
                        "8:48 unused-definition /use/authentications/b",
                        "9:13 unused-definition /use/secrets/0"),
                body(
                        "functions that call themselves",
                        """
                        do: [{a: {call: f}}]
                        use:
                          functions:
                            f: {do: [{x: {call: g}}]}
                            g: {do: [{x: {call: f}}]}
                            h: {call: h}
                        """,
                        "6:25 recursive-function /use/functions/g/do/0/x/call",
                        "7:15 recursive-function /use/functions/h/call"),
                body(
                        "functions with the names of protocols",
                        """
                        use: {functions: {http: {set: .}}}
                        do: [{a: {call: http, with: {method: get, endpoint: x}}}]
                        """,
                        "2:19 invalid-value /use/functions/http",
                        "2:19 unused-definition /use/functions/http"),
                body(
                        "secrets where they would be stored",
                        """
                        use: {secrets: [s]}
                        do:
                        - a: {set: '{x: $secrets.s}'}
                        - b: {call: f, with: {x: '${ $secrets.s }'}}
                        - c: {emit: {event: {with: {type: x, data: '${ $secrets.s }'}}}}
                        - d: {call: http, with: {method: get, endpoint: 'http://h'}, output: {as: $secrets.s}}
                        """,
                        "4:17 secret-in-expression /do/0/a/set",
                        "5:30 secret-in-expression /do/1/b/with/x",
                        "6:48 secret-in-expression /do/2/c/emit/event/with/data",
                        "7:75 secret-in-expression /do/3/d/output/as"),
                body(
                        "credentials where they would be stored, or are not known yet",
                        """
                        do:
                        - a: {set: {x: '${ $authorization.parameter }'}}
                        - b: {call: http, with: {method: get, endpoint: 'http://h'}, output: {as: $authorization.scheme}}
                        - c: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {bearer: {token: '${ $authorization }'}}}}}
                        """,
                        "3:20 secret-in-expression /do/0/a/set/x",
                        "4:75 secret-in-expression /do/1/b/output/as",
                        "5:104 secret-in-expression /do/2/c/with/endpoint/authentication/bearer/token"),
                body(
                        "calls of HTTP",
                        """
                        do:
                        - a: {call: http}
                        - b: {call: http, with: {}}
                        - c: {call: http, with: {method: psot, endpoint: 'htps://h', headers: [], query: 5, output: row}}
                        - d: {call: http, with: {method: get, endpoint: {url: x}, headers: {a: 5}, query: {b: {}}, bdy: 1}}
                        - e: {call: http, with: {method: get, endpoint: 'http://h/{+a}', redirect: 'yes'}}
                        - f: {call: http, with: {method: get, endpoint: 'http://h/${ .a }'}}
                        - g: {call: http, with: {method: get, endpoint: 'http://a b'}}
                        - h: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {basik: {}}}}}
                        - i: {call: http, with: {method: get, endpoint: {uri: 'http://h', authentication: {bearer: {tokn: x}}}}}
                        """,
                        "3:3 missing-property /do/0/a",
                        "4:19 missing-property /do/1/b/with",
                        "4:19 missing-property /do/1/b/with",
                        "5:34 invalid-value /do/2/c/with/method",
                        "5:50 invalid-value /do/2/c/with/endpoint",
                        "5:71 wrong-type /do/2/c/with/headers",
                        "5:82 wrong-type /do/2/c/with/query",
                        "5:93 invalid-value /do/2/c/with/output",
                        "6:50 unknown-property /do/3/d/with/endpoint/url",
                        "6:72 wrong-type /do/3/d/with/headers/a",
                        "6:87 wrong-type /do/3/d/with/query/b",
                        "6:92 unknown-property /do/3/d/with/bdy",
                        "7:60 invalid-value /do/4/e/with/endpoint",
                        "7:76 wrong-type /do/4/e/with/redirect",
                        "8:59 invalid-value /do/5/f/with/endpoint",
                        "9:49 invalid-value /do/6/g/with/endpoint",
                        "10:84 unknown-property /do/7/h/with/endpoint/authentication/basik",
                        "11:93 unknown-property /do/8/i/with/endpoint/authentication/bearer/tokn"),
                body(
                        "schemes of later versions",
                        """
                        use:
                          secrets: [s]
                          authentications:
                            later: {oidc: {use: s}}
                            now: {basic: {use: s}}
                        do:
                        - a: {call: openapi, with: {document: {endpoint: x}, operationId: y, authentication: {use: later}}}
                        - b: {call: openapi, with: {document: {endpoint: x}, operationId: y, authentication: {use: now}}}
                        - c: {call: http, with: {method: get, endpoint: {uri: x, authentication: {oauth2: {grant: pasword}}}}}
                        """,
                        "10:75 missing-property /do/2/c/with/endpoint/authentication/oauth2",
                        "10:91 invalid-value /do/2/c/with/endpoint/authentication/oauth2/grant"));
    }

    private static List<Wrong> tasks() {
        return List.of(
                body("a task that is nothing", "do:\n- a:\n", "3:5 wrong-type /do/0/a"),
                body("an item that is a text", "do:\n- a\n", "3:3 wrong-type /do/0"),
                body(
                        "two tasks in an item",
                        "do:\n- a: {set: {x: 1}}\n  b: {set: {x: 1}}\n",
                        "4:3 one-task-per-item /do/0/b"),
                body("no task in an item", "do:\n- {}\n", "3:3 one-task-per-item /do/0"),
                body(
                        "a task of no kind",
                        "do:\n- a: {sett: {x: 1}, then: end}\n",
                        "3:7 unknown-task-kind /do/0/a/sett"),
                body("a task without anything", "do:\n- a: {}\n", "3:3 unknown-task-kind /do/0/a"),
                body(
                        "a task of two kinds",
                        "do:\n- a: {set: {x: 1}, wait: PT1S}\n",
                        "3:20 ambiguous-task-kind /do/0/a/wait"),
                body("names with slash and tilde", "do:\n- a/b~c: {set: 5}\n", "3:16 wrong-type /do/0/a~1b~0c/set"),
                body(
                        "a name that stands twice",
                        "do:\n- a: {set: {x: 1}}\n- a: {set: {x: 1}}\n",
                        "4:3 duplicate-task-name /do/1/a"),
                body(
                        "a then to a task of another list",
                        "do:\n- a:\n    do:\n    - b: {set: {x: 1}, then: c}\n- c: {set: {x: 1}}\n",
                        "5:30 unknown-task /do/0/a/do/0/b/then"),
                body(
                        "runs",
                        """
                        do:
                        - a: {run: {container: {image: x}}}
                        - b: {run: {script: {language: perl, code: x}, return: sdout}}
                        - c: {run: {shell: {}, awiat: false}, more: 1}
                        - d: {run: {}}
                        - e: {run: {workflow: {namespace: a, name: b, version: '1'}, shell: {}}}
                        """,
                        "4:32 invalid-value /do/1/b/run/script/language",
                        "4:56 invalid-value /do/1/b/run/return",
                        "5:13 missing-property /do/2/c/run/shell",
                        "5:24 unknown-property /do/2/c/run/awiat",
                        "5:39 unknown-property /do/2/c/more",
                        "6:7 missing-property /do/3/d/run",
                        "7:56 invalid-value /do/4/e/run/workflow/version",
                        "7:62 invalid-value /do/4/e/run/shell"),
                body(
                        "calls of AsyncAPI",
                        """
                        do:
                        - a: {call: asyncapi, with: {document: {endpoint: http://h}, channel: a, operation: b, message: {}}}
                        - b: {call: asyncapi, with: {document: {endpoint: http://h}, payload: 5}}
                        - c:
                            call: asyncapi
                            with:
                              document: {endpoint: http://h}
                              channel: a
                              protocol: mqt
                              subscription: {consume: {amount: 0, while: .x}}
                        - d:
                            call: asyncapi
                            with: {document: {endpoint: http://h}, channel: a, subscription: {amount: 5}}
                        """,
                        "3:23 invalid-value /do/0/a/with",
                        "4:23 missing-property /do/1/b/with",
                        "4:23 missing-property /do/1/b/with",
                        "4:62 unknown-property /do/1/b/with/payload",
                        "10:17 invalid-value /do/2/c/with/protocol",
                        "11:31 invalid-value /do/2/c/with/subscription/consume",
                        "11:40 invalid-value /do/2/c/with/subscription/consume/amount",
                        "14:71 unknown-property /do/3/d/with/subscription/amount"),
                body(
                        "calls of MCP and A2A",
                        """
                        do:
                        - a: {call: mcp, with: {method: tools/cal, transport: {}}}
                        - b: {call: mcp, with: {method: tools/list, transport: {http: {}, stdio: {command: 5}}}}
                        - c: {call: mcp, with: {method: tools/list, stdio: {command: x}}}
                        - d: {call: a2a, with: {method: message/send}}
                        - e: {call: a2a, with: {method: send, server: http://h, parameters: 5}}
                        """,
                        "3:33 invalid-value /do/0/a/with/method",
                        "3:44 missing-property /do/0/a/with/transport",
                        "4:45 invalid-value /do/1/b/with/transport",
                        "4:57 missing-property /do/1/b/with/transport/http",
                        "4:84 wrong-type /do/1/b/with/transport/stdio/command",
                        "5:45 unknown-property /do/2/c/with/stdio",
                        "6:18 missing-property /do/3/d/with",
                        "7:33 invalid-value /do/4/e/with/method",
                        "7:69 wrong-type /do/4/e/with/parameters"),
                body(
                        "processes",
                        """
                        do:
                        - a: {run: {shell: {command: 5, arguments: x, environment: [], stdin: 7}}}
                        - b: {run: {script: {language: js, code: x, source: {endpoint: http://h}}}}
                        - c: {run: {script: {language: js}}}
                        - d: {run: {shell: {command: ls}, await: false}}
                        - e: {run: {command: ls}}
                        - f: {run: {script: {language: js, code: x, arguments: {a: 1}, endpoint: http://h}}}
                        - g: {run: {container: {image: x, cleanup: always, lifetime: {cleanup: eventually}}}}
                        - h: {run: {container: {pullPolicy: often, lifetime: {cleanup: never, after: PT1S}}}}
                        """,
                        "3:30 wrong-type /do/0/a/run/shell/command",
                        "3:44 wrong-type /do/0/a/run/shell/arguments",
                        "3:60 wrong-type /do/0/a/run/shell/environment",
                        "3:71 wrong-type /do/0/a/run/shell/stdin",
                        "4:45 invalid-value /do/1/b/run/script/source",
                        "5:13 missing-property /do/2/c/run/script",
                        "7:13 unknown-property /do/4/e/run/command",
                        "8:64 unknown-property /do/5/f/run/script/endpoint",
                        "9:35 unknown-property /do/6/g/run/container/cleanup",
                        "9:52 missing-property /do/6/g/run/container/lifetime",
                        "10:13 missing-property /do/7/h/run/container",
                        "10:37 invalid-value /do/7/h/run/container/pullPolicy",
                        "10:78 invalid-value /do/7/h/run/container/lifetime/after"),
                body(
                        "loops",
                        """
                        do:
                        - a: {for: {in: 5}, do: []}
                        - b: {for: {each: x, at: x, in: .x}, do: []}
                        - c: {for: {each: $x, at: input, in: .x}, do: []}
                        - d: {for: {in: .x}, while: $item.go, do: [{e: {set: '$item + $index + $elem'}}]}
                        - e: {for: {each: x}, do: [], set: {x: '${ $item }'}}
                        - f: {for: {in: .x}}
                        """,
                        "3:17 wrong-type /do/0/a/for/in",
                        "4:26 invalid-value /do/1/b/for/at",
                        "5:19 invalid-value /do/2/c/for/each",
                        "5:27 invalid-value /do/2/c/for/at",
                        "6:72 unknown-variable /do/3/d/do/0/e/set",
                        "7:31 ambiguous-task-kind /do/4/e/set",
                        "8:3 missing-property /do/5/f"),
                body(
                        "forks",
                        """
                        do:
                        - a: {fork: {}}
                        - b:
                            fork:
                              compete: 'yes'
                              branches:
                              - x: {set: {x: 1}, then: y}
                              - y: {switch: [{z: {then: b}}], then: end}
                              - x: {set: {x: 1}}
                        """,
                        "3:7 missing-property /do/0/a/fork",
                        "6:16 wrong-type /do/1/b/fork/compete",
                        "8:32 unknown-task /do/1/b/fork/branches/0/x/then",
                        "9:33 unknown-task /do/1/b/fork/branches/1/y/switch/0/z/then",
                        "10:9 duplicate-task-name /do/1/b/fork/branches/2/x"),
                body(
                        "events to publish",
                        """
                        do:
                        - a: {emit: {}}
                        - b: {emit: {event: {}}}
                        - c: {emit: {event: {with: {dataContentType: x, Type: y}}}}
                        - d: {emit: {event: {with: {type: 5, time: today, specversion: '2.0', ext: 1.5}}}}
                        """,
                        "3:7 missing-property /do/0/a/emit",
                        "4:14 missing-property /do/1/b/emit/event",
                        "5:29 invalid-value /do/2/c/emit/event/with/dataContentType",
                        "5:49 invalid-value /do/2/c/emit/event/with/Type",
                        "6:35 wrong-type /do/3/d/emit/event/with/type",
                        "6:44 invalid-value /do/3/d/emit/event/with/time",
                        "6:64 invalid-value /do/3/d/emit/event/with/specversion",
                        "6:76 wrong-type /do/3/d/emit/event/with/ext"),
                body(
                        "events to wait for",
                        """
                        do:
                        - a: {listen: {}}
                        - b: {listen: {to: {}}}
                        - c: {listen: {to: {on: {with: {type: x}}}}}
                        - d: {listen: {to: {one: {with: {}}, any: []}}}
                        - e: {listen: {to: {one: {with: {Type: x, source: [y]}}, until: .}, read: envelop}}
                        - f: {listen: {to: {any: [], until: {any: [], until: .}}}}
                        - g: {listen: {to: {any: {}}}}
                        - h: {listen: {to: {all: [{with: {type: x}, correlate: {k: {expect: x}, l: {from: $inputs}}}]}}}
                        - i: {listen: {to: {any: []}}, foreach: {item: e, at: e, output: {as: $item}, doo: []}}
                        """,
                        "3:7 missing-property /do/0/a/listen",
                        "4:20 invalid-value /do/1/b/listen/to",
                        "5:21 unknown-property /do/2/c/listen/to/on",
                        "6:20 invalid-value /do/3/d/listen/to",
                        "7:34 invalid-value /do/4/e/listen/to/one/with/Type",
                        "7:51 wrong-type /do/4/e/listen/to/one/with/source",
                        "7:58 unknown-property /do/4/e/listen/to/until",
                        "7:75 invalid-value /do/4/e/listen/read",
                        "8:47 invalid-value /do/5/f/listen/to/until/until",
                        "9:26 wrong-type /do/6/g/listen/to/any",
                        "10:57 missing-property /do/7/h/listen/to/all/0/correlate/k",
                        "10:83 unknown-variable /do/7/h/listen/to/all/0/correlate/l/from",
                        "11:55 invalid-value /do/8/i/foreach/at",
                        "11:71 unknown-variable /do/8/i/foreach/output/as",
                        "11:79 unknown-property /do/8/i/foreach/doo"),
                body(
                        "gRPC calls",
                        """
                        do:
                        - a: {call: grpc, with: {}}
                        - b:
                            call: grpc
                            with:
                              proto: {endpoint: 'ftp://host/a.proto'}
                              service: {name: A, host: 'http://host', port: 70000}
                              method: 5
                              arguments: [1]
                            metadata: {grpc: {tls: maybe, headers: {a: 1}, x: 1}}
                        - c: {call: grpc, with: {proto: {endpoint: 'http://h'}, service: {name: A}, host: h, method: M}}
                        """,
                        "3:19 missing-property /do/0/a/with",
                        "3:19 missing-property /do/0/a/with",
                        "3:19 missing-property /do/0/a/with",
                        "7:25 invalid-value /do/1/b/with/proto/endpoint",
                        "8:32 invalid-value /do/1/b/with/service/host",
                        "8:53 invalid-value /do/1/b/with/service/port",
                        "9:15 wrong-type /do/1/b/with/method",
                        "10:18 wrong-type /do/1/b/with/arguments",
                        "11:28 wrong-type /do/1/b/metadata/grpc/tls",
                        "11:48 wrong-type /do/1/b/metadata/grpc/headers/a",
                        "11:52 unknown-property /do/1/b/metadata/grpc/x",
                        "12:57 missing-property /do/2/c/with/service",
                        "12:77 unknown-property /do/2/c/with/host"),
                body("a call of no name", "do:\n- a: {call: 'a b'}\n", "3:13 invalid-value /do/0/a/call"),
                body(
                        "job limits",
                        "do:\n- a: {call: f, metadata: {job: {runing: PT1S, total: 5, priority: 10}}}\n",
                        "3:33 unknown-property /do/0/a/metadata/job/runing",
                        "3:54 wrong-type /do/0/a/metadata/job/total",
                        "3:67 invalid-value /do/0/a/metadata/job/priority"),
                body("an empty set", "do:\n- a: {set: {}}\n", "3:12 invalid-value /do/0/a/set"),
                body(
                        "switches",
                        """
                        do:
                        - a: {switch: []}
                        - b:
                            switch:
                            - x: {when: .a, then: end}
                            - y: {then: a}
                            - z: {then: bb}
                            - u: {when: .b}
                        """,
                        "3:15 invalid-value /do/0/a/switch",
                        "8:7 several-defaults /do/1/b/switch/2/z",
                        "8:17 unknown-task /do/1/b/switch/2/z/then",
                        "9:7 missing-property /do/1/b/switch/3/u"),
                body(
                        "raises",
                        "do:\n- b: {raise: {error: {type: x, status: '500'}}}\n",
                        "3:40 wrong-type /do/0/b/raise/error/status"),
                body("a try without a catch", "do:\n- a: {try: []}\n", "3:3 missing-property /do/0/a"),
                body(
                        "catches",
                        """
                        do:
                        - a:
                            try: []
                            catch:
                              errors: {with: {}}
                              as: $e
                              then: b
                        """,
                        "6:22 invalid-value /do/0/a/catch/errors/with",
                        "7:11 invalid-value /do/0/a/catch/as",
                        "8:13 unknown-task /do/0/a/catch/then"),
                body(
                        "retries",
                        """
                        do:
                        - a:
                            try: []
                            catch:
                              retry:
                                delay: P1Y
                                backoff: {constant: {}, linear: {}}
                                limit: {attempt: {count: -1}}
                                jitter: {from: PT2S, to: PT1S}
                        """,
                        "7:16 invalid-value /do/0/a/catch/retry/delay",
                        "8:18 invalid-value /do/0/a/catch/retry/backoff",
                        "9:34 invalid-value /do/0/a/catch/retry/limit/attempt/count",
                        "10:17 invalid-value /do/0/a/catch/retry/jitter"),
                body(
                        "durations",
                        """
                        do:
                        - a: {wait: 30}
                        - b: {wait: {second: 30}}
                        - c: {wait: {seconds: -1}}
                        - d: {wait: P200Y}
                        - e: {wait: {days: 40000}}
                        - f: {wait: PT1S, timeout: {}}
                        """,
                        "3:13 wrong-type /do/0/a/wait",
                        "4:14 unknown-property /do/1/b/wait/second",
                        "5:13 invalid-value /do/2/c/wait",
                        "6:13 invalid-value /do/3/d/wait",
                        "7:13 invalid-value /do/4/e/wait",
                        "8:19 missing-property /do/5/f/timeout"));
    }

    private static List<Wrong> expressions() {
        return List.of(
                body("a bare one", "do:\n- a: {if: .x +, set: {x: 1}}\n", "3:15 expression-syntax /do/0/a/if"),
                body(
                        "a plain one",
                        "do:\n- a:\n    if: .x === 1\n    set: {x: 1}\n",
                        "4:14 expression-syntax /do/0/a/if"),
                body(
                        "one in single quotes",
                        "do:\n- a:\n    set: {x: '${ \"it''s\" + ) }'}\n",
                        "4:28 expression-syntax /do/0/a/set/x"),
                body(
                        "one in double quotes",
                        "do:\n- a:\n    set: {x: \"${ \\\"\\u00e9\\\" + ) }\"}\n",
                        "4:31 expression-syntax /do/0/a/set/x"),
                body(
                        "one in a literal block",
                        "do:\n- a:\n    set: |\n      .a\n      | .b\n        | )\n",
                        "7:11 expression-syntax /do/0/a/set"),
                body(
                        "one in a folded block",
                        "do:\n- a:\n    set: >-\n      .a\n      | .b\n      | )\n",
                        "7:9 expression-syntax /do/0/a/set"),
                body(
                        "one in a plain text of two lines",
                        "do:\n- a:\n    set: .a\n      | ) | .b\n",
                        "5:9 expression-syntax /do/0/a/set"),
                body(
                        "a function that is not there",
                        "do:\n- a: {set: '${ mapp(.x) }'}\n",
                        "3:16 unknown-function /do/0/a/set"),
                body(
                        "a variable that is not there",
                        "do:\n- a: {set: {x: '${ $inptu.x + $input.y }'}}\n",
                        "3:20 unknown-variable /do/0/a/set/x"),
                body(
                        "a variable that has no value yet",
                        "do:\n- a: {if: '$output.x', set: {x: 1}}\n",
                        "3:12 unknown-variable /do/0/a/if"),
                body(
                        "the error outside its catch",
                        "do:\n- a: {try: [], catch: {as: e, do: [{b: {set: $e}}]}}\n- c: {set: $e}\n",
                        "4:12 unknown-variable /do/1/c/set"),
                body(
                        "a secret",
                        "do:\n- a: {call: f, with: {key: '${ $secrets.key }'}}\n",
                        "3:32 secret-in-expression /do/0/a/with/key"),
                body(
                        "a schema that is none",
                        "do: []\ninput: {schema: {document: {type: objec}}}\noutput: {schema: {format: avro, document: {}}}\n",
                        "3:28 invalid-schema /input/schema/document",
                        "4:27 not-supported-yet /output/schema/format"),
                body(
                        "a schema elsewhere",
                        """
                        do: []
                        input: {schema: {resource: {endpoint: x}}}
                        output: {schema: {resource: {endpoint: {uri: 'http://schemas.test/gone'}}}}
                        """,
                        "3:39 invalid-value /input/schema/resource/endpoint",
                        "4:46 unavailable-resource /output/schema/resource/endpoint/uri"),
                body(
                        "schemas elsewhere that are none",
                        """
                        do:
                        - a: {set: .x, input: {schema: {resource: {endpoint: 'http://schemas.test/wrong'}}}}
                        - b: {set: .x, input: {schema: {resource: {endpoint: '${ .uri }'}, document: {}}}}
                        - c: {set: .x, input: {schema: {resource: {endpoint: '${ .uri }'}}}}
                        - d: {set: .x, input: {schema: {resource: {endpoint: {uri: 'http://schemas.test/right', authentication: {bearer: {token: '${ $context.t }'}}}}}}}
                        - e: {set: .x, input: {schema: {resource: {name: x}}}}
                        """,
                        "3:54 invalid-schema /do/0/a/input/schema/resource/endpoint",
                        "4:43 invalid-value /do/1/b/input/schema/resource",
                        "5:54 invalid-value /do/2/c/input/schema/resource/endpoint",
                        "6:126 unknown-variable /do/3/d/input/schema/resource/endpoint/authentication/bearer/token",
                        "7:33 missing-property /do/4/e/input/schema/resource"));
    }

    private static List<Wrong> warnings() {
        return List.of(
                body(
                        "limits of a job that nobody waits for",
                        "do:\n- a: {run: {shell: {command: ls}, await: false}, metadata: {job: {running: PT1S}}}\n",
                        "3:61 ineffective-limits /do/0/a/metadata/job"),
                body("tasks that nothing leads to", """
                        do:
                        - a: {set: {x: 1}, then: end}
                        - b: {set: {x: 1}}
                        - c: {set: {x: 1}}
                        """, "4:3 unreachable-task /do/1/b"),
                body(
                        "a task after a raise",
                        "do:\n- a: {raise: {error: {type: 'urn:x', status: 500}}}\n- b: {set: {x: 1}}\n",
                        "4:3 unreachable-task /do/1/b"),
                body(
                        "a text that is an expression in part",
                        "do:\n- a: {set: {x: 'Hi ${ .name }!'}}\n",
                        "3:16 literal-expression /do/0/a/set/x"),
                body(
                        "attributes that are no regular expressions",
                        """
                        do:
                        - a: {listen: {to: {one: {with: {type: 'a[b', source: '(a{1000}){1000}', subject: 'a.*'}}}}}
                        """,
                        "3:40 literal-pattern /do/0/a/listen/to/one/with/type",
                        "3:55 literal-pattern /do/0/a/listen/to/one/with/source"),
                body("an input that was an envelope in older documents", """
                        do:
                        - a: {set: {x: '${ $workflow.input[0].data.id }'}}
                        schedule: {on: {any: []}}
                        """, "4:12 event-data-expected /schedule/on"),
                body("branches that go on", """
                        do:
                        - f: {fork: {branches: [{a: {set: {x: 1}, then: exit}}, {b: {set: {x: 1}, then: end}}]}}
                        """, "3:43 ineffective-then /do/0/f/fork/branches/0/a/then"),
                body(
                        "functions whose names are nearly something else",
                        """
                        use: {functions: {getPet: {set: .}}}
                        do: [{a: {call: getPet}}, {b: {call: getPets}}, {c: {call: htpp}}, {d: {call: pay}}]
                        """,
                        "3:38 similar-name /do/1/b/call",
                        "3:60 similar-name /do/2/c/call"),
                body(
                        "attributes whose names are nearly others",
                        """
                        do:
                        - a: {listen: {to: {one: {with: {tpye: x, roomid: y}}}}}
                        - b: {emit: {event: {with: {type: x, suorce: y}}}}
                        """,
                        "3:34 similar-name /do/0/a/listen/to/one/with/tpye",
                        "4:38 similar-name /do/1/b/emit/event/with/suorce"),
                body(
                        "a task with the name of a directive",
                        "do:\n- end: {set: {x: 1}}\n",
                        "3:3 reserved-name /do/0/end"));
    }

    private static Stream<Wrong> errors() {
        return Stream.of(texts(), headers(), references(), tasks(), expressions())
                .flatMap(List::stream);
    }

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return errors().map(wrong -> DynamicTest.dynamicTest(wrong.what(), () -> {
            Compilation compilation = COMPILER.compile(wrong.document(), RESOURCES);

            assertThat(places(compilation)).containsExactlyInAnyOrderElementsOf(wrong.expected());
            assertThat(compilation.plan()).isEmpty();
            assertThat(compilation.problems())
                    .allSatisfy(problem -> assertThat(problem.message()).startsWith("Expected "));
        }));
    }

    @TestFactory
    Stream<DynamicTest> warnsOfWhatIsLegalButDoubtful() {
        return warnings().stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.what(), () -> {
                    Compilation compilation = COMPILER.compile(wrong.document(), RESOURCES);

                    assertThat(places(compilation)).containsExactlyElementsOf(wrong.expected());
                    assertThat(compilation.plan()).isPresent();
                }));
    }

    @Test
    void showsEachCodeAtLeastOnce() {
        Set<String> shown = Stream.concat(errors(), warnings().stream())
                .flatMap(wrong -> COMPILER.compile(wrong.document(), RESOURCES).problems().stream())
                .map(Problem::code)
                .collect(Collectors.toSet());

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::text)
                        .toList());
    }

    @Test
    void guessesWhatWasMeant() {
        assertThat(message("do:\n- a: {set: {x: 1}, thn: end}\n")).endsWith("did you mean \"then\"?");
        assertThat(message("do:\n- a: {set: {x: 1}, then: b1}\n- b2: {set: {x: 1}}\n"))
                .endsWith("did you mean \"b2\"?");
        assertThat(message("do:\n- a: {wiat: PT1S}\n")).endsWith("did you mean \"wait\"?");
        assertThat(message("do:\n- a: {set: '${ slect(.x) }'}\n")).contains("did you mean \"select\"?");
        assertThat(message("do:\n- a: {if: flase, set: {x: 1}}\n")).contains("did you mean \"false\"?");
        assertThat(message("do:\n- a: {set: '${ $contxt }'}\n")).endsWith("did you mean \"context\"?");
    }

    @Test
    void saysWhereAPropertyBelongs() {
        assertThat(message("do:\n- a: {try: [], catch: {}, retry: {}}\n"))
                .isEqualTo("Expected one of if, input, output, export, timeout, then, metadata, try, catch, but found"
                        + " \"retry\", which belongs under \"catch\"");
        assertThat(message("do:\n- a: {call: http, with: {method: get, endpoint: x}, headers: {}}\n"))
                .endsWith("but found \"headers\", which belongs under \"with\"");
        assertThat(message("do:\n- a: {for: {in: .x, while: .y}, do: []}\n"))
                .endsWith("but found \"while\", which belongs beside \"for\"");
        assertThat(message("do: []\nfunctions: {}\n")).endsWith("but found \"functions\", which belongs under \"use\"");
        assertThat(message("do: []\ncron: x\n")).endsWith("but found \"cron\", which belongs under \"schedule\"");
        assertThat(message("do: []\ninput: {type: object}\n"))
                .endsWith("but found \"type\", which belongs under \"schema.document\"");
        assertThat(message("do:\n- a: {try: [], catch: {retry: {count: 5}}}\n"))
                .endsWith("but found \"count\", which belongs under \"limit.attempt\"");
    }

    @Test
    void tellsAPropertyThatIsMeantForAMissingOneOnce() {
        assertThat(messages("do:\n- a: {listen: {one: {with: {type: x}}}}\n"))
                .containsExactly("Expected one of to, read, but found \"one\", which belongs under \"to\"");
        assertThat(messages("do:\n- a: {call: http, with: {methd: get, endpoint: x}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"method\"?");
        assertThat(messages("do:\n- a: {emit: {event: {with: {Type: x}}}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"type\"?");
    }

    @Test
    void doesNotTellWhatFollowsFromAMistake() {
        assertThat(messages("do:\n- a: {set: {x: 1}, then: pya}\n- pay: {set: {x: 1}}\n- c: {set: {x: 1}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"pay\"?");
        assertThat(messages("use: {errors: {gone: {type: x, status: 404}}}\ndo:\n- a: {raise: {error: gonne}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"gone\"?");
        assertThat(messages("do:\n- a: {switch: [{x: {wen: .x, then: end}}, {y: {then: end}}]}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"when\"?");
        assertThat(messages("do:\n- a: {wait: .inf}\n- b: {wait: {days: .nan}}\n"))
                .allMatch(each -> each.startsWith("Expected a value that JSON has too"))
                .hasSize(2);
        assertThat(messages("use: {errors: {gone: {type: x, status: 404}}}\ndo:\n- a: {raize: {error: gone}}\n"))
                .singleElement()
                .asString()
                .endsWith("did you mean \"raise\"?");
        assertThat(messages("do:\n- a: {fro: {in: .x}, do: [], while: .y}\n"))
                .singleElement()
                .asString()
                .endsWith("but found \"fro\"; did you mean \"for\"?");
    }

    @Test
    void saysHowToWriteAListOfTasks() {
        assertThat(messages("do:\n- a:\n  call: f\n  with: {x: 1}\n- b:\n  call: f\n"))
                .containsExactly(
                        "Expected \"call\" inside of the task \"a\", but it stands beside it; indent it further",
                        "Expected \"call\" inside of the task \"b\", but it stands beside it; indent it further");
        assertThat(messages("do:\n  a: {set: {x: 1}}\n"))
                .containsExactly("Expected a list of tasks, each an object with one name, but found an object; write"
                        + " \"- \" in front of each name");
    }

    @Test
    void saysHowToWriteWhatIsNearlyRight() {
        assertThat(messages("do:\n- a: {set: {x: 1}, timeout: PT5S}\n"))
                .containsExactly("Expected the name of a timeout of \"use.timeouts\", or an object, {after: PT5S} for"
                        + " example, but found the text \"PT5S\"");
        assertThat(messages("do:\n- a: {if: '${ .x } == 1', set: {x: 1}}\n"))
                .containsExactly(
                        "Expected a jq expression, but found \"$\"; ${ } stands around a whole text, or is left"
                                + " out here (character 1 of the expression)");
        assertThat(messages("do:\n- a: {set: {x: 1}, output: .x}\n"))
                .containsExactly(
                        "Expected an object with as or schema, {as: .x} for example, but found the text" + " \".x\"");
        assertThat(messages("do:\n- a: {do: [{b: {set: {x: 1}, then: c}}]}\n- c: {set: {x: 1}}\n"))
                .containsExactly("Expected continue, exit, end, or the name of a task in the same list, but found"
                        + " \"c\", a task of another list");
        assertThat(messages("do: []\nschedule: {cron: 0 0 * * 8}\n"))
                .containsExactly("Expected a text with five cron fields, 0 8 * * MON-FRI for example, and perhaps"
                        + " CRON_TZ=Europe/Paris in front of them, but value 8 not in range [0, 7]");
    }

    @Test
    void saysWhichQuoteIsNotClosed() {
        assertThat(COMPILER.compile("a: 1\nb: 'foo\nc: 1\n").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "Expected a quote that closes the text which begins here, but found none up to line 4");
        assertThat(COMPILER.compile("a: \"foo\nb: \"bar\"\n").problems())
                .extracting(Problem::message)
                .containsExactly("Expected <block end>, but found '<scalar>' (while parsing a block mapping); is the"
                        + " quote closed that opens in line 1, column 4?");
    }

    @Test
    void saysWhatToPutInQuotes() {
        assertThat(message("do:\n- a:\n    set:\n      x: ${ {a: 1} }\n"))
                .isEqualTo("Expected YAML or JSON, but mapping values are not allowed here; put the whole text from ${"
                        + " on in quotes");
        assertThat(message("do:\n- a: {set: {x: ${ .a }}}\n"))
                .isEqualTo(
                        "Expected ',' or '}', but got { (while parsing a flow mapping); put the whole text from ${ on"
                                + " in quotes");
        assertThat(message("do:\n- a: {set: {x: '${ .a }', y: [1, 2}}\n")).doesNotContain("quotes");
        assertThat(message("do:\n- a:\n    set:\n      x: @base64\n"))
                .isEqualTo("Expected YAML or JSON, but found character '@' that cannot start any token. (while scanning"
                        + " for the next token); put a text that begins with @ in quotes");
        assertThat(message("do:\n- a:\n    if: *\n    set: {x: 1}\n"))
                .isEqualTo("Expected YAML or JSON, but unexpected character found (while scanning an alias); put a text"
                        + " that begins with * or & in quotes");
        assertThat(message("do:\n\t- a: {set: {x: 1}}\n")).contains("Do not use \\t(TAB) for indentation");
        assertThat(message("do:\n- a: {set: {x: 1e99999}}\n"))
                .isEqualTo("Expected a number of at most 1000 digits, and an exponent of at most 10000, but found"
                        + " 1e99999; put it in quotes if it is a text");
    }

    @Test
    void knowsTheWordsOfOtherLanguages() {
        assertThat(message("do:\n- a: {sleep: PT1S}\n")).endsWith("did you mean \"wait\"?");
        assertThat(message("do:\n- a: {forEach: []}\n")).endsWith("did you mean \"for\"?");
    }

    @Test
    void namesWhatIsNearUnderUse() {
        assertThat(message("do:\n- a: {raise: {error: overflw}}\nuse: {errors: {overflow: {type: x, status: 500}}}\n"))
                .isEqualTo("Expected the name of an error of \"use.errors\", one of overflow, but found \"overflw\";"
                        + " did you mean \"overflow\"?");
        assertThat(message("do:\n- a: {raise: {error: x}}\n"))
                .isEqualTo("Expected the name of an error of \"use.errors\", which has none, but found \"x\"");
        assertThat(message("do:\n- a: {wait: {secnds: 5}}\n")).endsWith("did you mean \"seconds\"?");
        assertThat(message("do:\n- a: {listen: {to: {any: []}, read: envelop}}\n"))
                .isEqualTo("Expected one of data, envelope, raw, but found the text \"envelop\"; did you mean"
                        + " \"envelope\"?");
    }

    @Test
    void saysWhatAnExpressionLacksAndWhere() {
        assertThat(message("do:\n- a: {set: '${ .a + }'}\n"))
                .isEqualTo("Expected an expression, but found the end (character 7 of the expression)");
    }

    @Test
    void doesNotWarnOfTasksThatAJumpLeadsTo() {
        String body = """
                do:
                - a: {switch: [{x: {when: .x, then: c}}], then: end}
                - b: {set: {x: 1}, then: end}
                - c: {set: {x: 1}, then: b}
                """;

        assertThat(COMPILER.compile(HEADER + body).problems()).isEmpty();
    }

    private static List<String> messages(String body) {
        return COMPILER.compile(HEADER + body).problems().stream()
                .map(Problem::message)
                .toList();
    }

    private static String message(String body) {
        return COMPILER.compile(HEADER + body).problems().getFirst().message();
    }

    private static List<String> places(Compilation compilation) {
        return compilation.problems().stream()
                .map(each -> each.line() + ":" + each.column() + " " + each.code() + " " + each.pointer())
                .toList();
    }
}

package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mistakes in what refers to something else. */
class ReferenceProblemsTest {

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return WrongDocument.tests(references());
    }

    static List<WrongDocument> references() {
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
}

package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mistakes in tasks. */
class TaskProblemsTest {

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return WrongDocument.tests(tasks());
    }

    static List<WrongDocument> tasks() {
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
                        - i: {run: {shell: {command: ' '}}}
                        - j: {run: {script: {language: js, code: ''}}}
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
                        "10:78 invalid-value /do/7/h/run/container/lifetime/after",
                        "11:30 invalid-value /do/8/i/run/shell/command",
                        "12:42 invalid-value /do/9/j/run/script/code"),
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
}

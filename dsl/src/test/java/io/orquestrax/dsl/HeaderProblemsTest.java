package io.orquestrax.dsl;

import static io.orquestrax.dsl.WrongDocument.body;
import static io.orquestrax.dsl.WrongDocument.whole;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Mistakes in what stands around the tasks. */
class HeaderProblemsTest {

    @TestFactory
    Stream<DynamicTest> tellsEachMistakeOnceWithItsPlace() {
        return WrongDocument.tests(headers());
    }

    static List<WrongDocument> headers() {
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
}

package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.DetachedProcess;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connectors that run processes are given, whatever form the author chose. */
class ProcessRunsTest {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";

    @Test
    void givesACommandWithWhatItNeeds() {
        assertThat(arguments("{shell: {command: ls}}"))
                .isEqualTo("{\"with\":{\"command\":\"ls\",\"return\":\"stdout\"}}");
        assertThat(arguments("{shell: {command: '${ .c }', arguments: [a, '${ .n }'], stdin: '${ .c }',"
                        + " environment: {X: '${ .n }'}}, return: all}"))
                .isEqualTo("{\"with\":{\"command\":\"ls -l\",\"arguments\":[\"a\",7],\"stdin\":\"ls -l\","
                        + "\"environment\":{\"X\":7},\"return\":\"all\"}}");
    }

    @Test
    void givesAScriptOneNameForItsLanguage() {
        assertThat(arguments("{script: {language: javascript, code: x, arguments: {a: '${ .n }'}}, return: none}"))
                .isEqualTo(
                        "{\"with\":{\"language\":\"js\",\"code\":\"x\",\"arguments\":{\"a\":7},\"return\":\"none\"}}");
        assertThat(arguments("{script: {language: python, source: {endpoint: 'http://h/{n}'}}}"))
                .isEqualTo("{\"with\":{\"language\":\"python\",\"source\":{\"endpoint\":{\"uri\":\"http://h/7\"}},"
                        + "\"return\":\"stdout\"}}");
    }

    @Test
    void givesAContainerItsDefaults() {
        assertThat(arguments("{container: {image: alpine}}"))
                .isEqualTo("{\"with\":{\"image\":\"alpine\",\"cleanup\":\"never\",\"pullPolicy\":\"ifNotPresent\","
                        + "\"return\":\"stdout\"}}");
        assertThat(arguments("{container: {image: alpine, name: '${ .c }', ports: {8080: 80}, volumes: {/a: /b},"
                        + " lifetime: {cleanup: eventually, after: {minutes: 30}}, pullPolicy: always}}"))
                .isEqualTo("{\"with\":{\"image\":\"alpine\",\"name\":\"ls -l\",\"ports\":{\"8080\":80},"
                        + "\"volumes\":{\"/a\":\"/b\"},\"cleanup\":\"eventually\",\"after\":\"PT30M\","
                        + "\"pullPolicy\":\"always\",\"return\":\"stdout\"}}");
    }

    @Test
    void defersWhatNamesASecret() {
        assertThat(arguments("{shell: {command: ls, environment: {KEY: '${ $secrets.key }'}}}"))
                .contains("\"environment\":{\"KEY\":null}", "\"pointer\":\"/environment/KEY\"");
    }

    @Test
    void isAJobWithLimitsOfItsOwn() {
        RunProcessTask task = task("{shell: {command: ls}}");

        assertThat(task.process()).isEqualTo("shell");
        assertThat(task.kind()).isEqualTo("run");
        assertThat(task.limits().running()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void isAWorkflowOfItsOwnWhereNobodyWaitsForIt() {
        for (String kind :
                List.of("shell: {command: ls}", "script: {language: js, code: x}", "container: {image: x}")) {
            Plan plan = new DocumentCompiler()
                    .compile(HEADER + "do:\n- p: {run: {" + kind + ", await: false, return: code}}\n")
                    .plan()
                    .orElseThrow();
            DetachedProcess own = DetachedProcess.startedBy(plan).getFirst();
            Compilation compilation = new DocumentCompiler().compile(own.source());
            RunWorkflowTask task = (RunWorkflowTask) plan.task("/do/0/p");
            CallTask job = (CallTask) compilation.plan().orElseThrow().task("/do/0/run");

            assertThat(kind).startsWith(own.process());
            assertThat(task.await()).isFalse();
            assertThat(task.workflow() + ":" + task.version())
                    .isEqualTo(own.id().name() + ":" + own.id().version());
            assertThat(Json.write(task.input().evaluate(Json.NODES.nullNode(), Variables.at(Instant.EPOCH))))
                    .startsWith("{\"with\":")
                    .contains("\"return\":\"code\"");
            assertThat(compilation.problems()).isEmpty();
            assertThat(compilation.plan().orElseThrow().id()).isEqualTo(own.id());
            assertThat(job.function()).isEqualTo(own.process());
        }
    }

    private static RunProcessTask task(String run) {
        String document =
                HEADER + "use: {secrets: [key]}\ndo:\n- p: {run: " + run + ", metadata: {job: {running: PT5S}}}\n";
        Compilation compilation = new DocumentCompiler().compile(document);
        return (RunProcessTask) compilation
                .plan()
                .orElseThrow(() -> new AssertionError(compilation.problems()))
                .task("/do/0/p");
    }

    private static String arguments(String run) {
        return Json.write(task(run)
                .arguments()
                .evaluate(Json.readTrusted("{\"c\":\"ls -l\",\"n\":7}"), Variables.at(Instant.EPOCH)));
    }
}

package io.orquestrax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.cli.testing.TestingApi;
import io.orquestrax.cli.testing.TestingTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a person or a script sees of the subcommands: output, errors, exit codes. */
class CommandTest {
    private static final String ID = "01a20789-6287-7774-841f-ff0ac52feae3";
    private static final String COMPLETED =
            "{\"id\":\"" + ID + "\",\"definition\":{\"namespace\":\"shop\",\"name\":\"order\","
                    + "\"version\":\"1.0.0\"},\"status\":\"completed\",\"output\":{\"total\":1.10,\"big\":9007199254740993},"
                    + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"closedAt\":\"2026-01-01T00:00:03Z\"}";

    @TempDir
    private Path directory;

    private final TestingApi api = new TestingApi();
    private TestingTerminal terminal = new TestingTerminal("", Map.of());

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void validateShowsPlaceLineAndCaret() throws IOException {
        Path file = write("""
                document:
                  dsl: '1.0.3'
                  namespace: shop
                  name: order
                  version: '1.0.0'
                do:
                  - greet:
                      sett:
                        a: 1
                """);

        assertThat(run("validate", file.toString())).isEqualTo(1);

        List<String> lines = terminal.out().lines().toList();
        assertThat(lines.getFirst()).startsWith(file + ":").contains(": error: Expected ");
        int line = Integer.parseInt(
                lines.getFirst().substring((file + ":").length()).split(":", -1)[0]);
        assertThat(lines.get(1)).contains(Files.readAllLines(file).get(line - 1));
        assertThat(lines.get(2)).endsWith("^");
    }

    @Test
    void validateAcceptsWhatIsRight() throws IOException {
        Path file = write("""
                document:
                  dsl: '1.0.3'
                  namespace: shop
                  name: order
                  version: '1.0.0'
                do:
                  - greet:
                      set:
                        a: 1
                """);

        assertThat(run("validate", file.toString(), "--output", "json")).isZero();
        assertThat(terminal.out())
                .isEqualToIgnoringNewLines("{\"file\":\"" + file + "\",\"valid\":true,\"violations\":[]}");
    }

    @Test
    void validateNamesAFileThatIsNotThere() {
        assertThat(run("validate", "nowhere.yaml")).isEqualTo(2);
        assertThat(terminal.err()).contains("Expected a file, but there is none at nowhere.yaml");
    }

    @Test
    void unknownCommandSuggestsOneAndEndsWithUsage() {
        assertThat(run("strat")).isEqualTo(2);
        assertThat(terminal.err()).contains("orquestrax start").doesNotContain("\tat ");
    }

    @Test
    void unreachableServerIsToldWithAWayOut() {
        api.close();

        assertThat(call("list")).isEqualTo(3);
        assertThat(terminal.err())
                .contains("Expected an OrquestraX server at " + api.address())
                .contains("orquestrax dev")
                .doesNotContain("\tat ");
    }

    @Test
    void environmentNamesTheServer() {
        api.on("GET /workers", "{\"workers\":[]}");
        terminal = new TestingTerminal("", Map.of("ORQUESTRAX_SERVER", api.address()));

        assertThat(run("workers")).isZero();
        assertThat(terminal.out()).contains("No worker is connected");
    }

    @Test
    void refusalIsToldWithItsCode() {
        api.on(
                "GET /instances/" + ID,
                404,
                "application/problem+json",
                "{\"code\":\"instance-not-found\",\"status\":404,\"detail\":\"Expected an instance, but there is none\"}");

        assertThat(call("show", ID)).isEqualTo(4);
        assertThat(terminal.err())
                .isEqualToIgnoringNewLines("error instance-not-found: Expected an instance, but there is none");
    }

    @Test
    void refusalIsAProblemDocumentWhereJsonWasAsked() {
        String problem = "{\"code\":\"instance-not-found\",\"status\":404,\"detail\":\"none\"}";
        api.on("GET /instances/" + ID, 404, "application/problem+json", problem);

        assertThat(call("show", ID, "--output", "json")).isEqualTo(4);
        assertThat(terminal.err()).isEqualToIgnoringNewLines(problem);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void somethingElseThanOurServerIsRecognised() {
        api.on("GET /workers", 200, "text/html", "<html>");

        assertThat(call("workers")).isEqualTo(3);
        assertThat(terminal.err()).contains("is this OrquestraX?");
    }

    @Test
    void deployShowsTheLinesThatTheServerRefuses() throws IOException {
        Path file = write("document:\n  name: x\n");
        api.on(
                "POST /definitions",
                422,
                "application/problem+json",
                "{\"code\":\"invalid-definition\",\"detail\":\"1 error\",\"violations\":[{\"code\":\"missing\","
                        + "\"message\":\"Expected a version\",\"line\":2,\"column\":3,\"severity\":\"error\"}]}");

        assertThat(call("deploy", file.toString())).isEqualTo(1);
        assertThat(terminal.err())
                .contains(file + ":2:3: error: Expected a version")
                .contains("    2 |   name: x");
    }

    @Test
    void listWalksThroughPagesAndKeepsEveryDigit() {
        api.on("GET /instances?pageSize=100", "{\"instances\":[" + COMPLETED + "],\"nextPageToken\":\"t=1\"}");
        api.on("GET /instances?pageSize=100&pageToken=t%3D1", "{\"instances\":[" + COMPLETED + "]}");

        assertThat(call("list", "--all", "--output", "json")).isZero();
        assertThat(terminal.out().lines()).containsExactly(COMPLETED, COMPLETED);
    }

    @Test
    void listStopsAtTheLimitAndSaysThatThereIsMore() {
        api.on("GET /instances?pageSize=1", "{\"instances\":[" + COMPLETED + "],\"nextPageToken\":\"next\"}");

        assertThat(call("list", "--limit", "1")).isZero();
        assertThat(terminal.out())
                .contains("✓ completed")
                .contains("shop/order/1.0.0")
                .contains("3.0 s");
        assertThat(terminal.err()).contains("There are more");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void listRefusesAStatusThatIsNone() {
        assertThat(call("list", "--status", "broken")).isEqualTo(2);
        assertThat(terminal.err()).contains("\"broken\"");
    }

    static Stream<List<String>> inputs() {
        return Stream.of(
                List.of("--input", "{\"a\": 1.10}"), List.of("--input", "-"), List.of("--input", "@input.json"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void startSendsItsInputFromWhereItIs(List<String> options) throws IOException {
        Path file = Files.writeString(directory.resolve("input.json"), "{\"a\": 1.10}");
        terminal = new TestingTerminal("{\"a\": 1.10}", Map.of());
        api.on("POST /instances", 201, "application/json", COMPLETED);
        List<String> arguments = new ArrayList<>(List.of("start", "shop/order"));
        options.forEach(option -> arguments.add(option.startsWith("@") ? "@" + file : option));

        assertThat(call(arguments.toArray(String[]::new))).isZero();
        assertThat(terminal.out()).isEqualToIgnoringNewLines(ID);
        assertThat(api.requests())
                .containsExactly("POST /instances {\"definition\":{\"namespace\":\"shop\",\"name\":\"order\"},"
                        + "\"input\":{\"a\":1.10}}");
    }

    @Test
    void startNamesThePlaceOfMalformedInput() {
        assertThat(call("start", "shop/order", "--input", "{\"a\": }")).isEqualTo(2);
        assertThat(terminal.err()).contains("Expected JSON in --input, but at 1:");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void startRefusesADefinitionWithoutNamespace() {
        assertThat(call("start", "order")).isEqualTo(2);
        assertThat(terminal.err()).contains("NAMESPACE/NAME");
    }

    @Test
    void waitingShowsStepsOnStandardErrorAndTheOutputAlone() {
        api.on("POST /instances", 201, "application/json", COMPLETED.replace("completed", "running"));
        api.on("GET /instances/" + ID, COMPLETED);
        api.on("GET /instances/" + ID + "/events", 200, "text/event-stream", """
                event: change
                data: {"instance":%s,"activations":[{"activation":1,"name":"pay","kind":"call","jobType":"charge",\
                "state":"completed","startedAt":"2026-01-01T00:00:00Z","endedAt":"2026-01-01T00:00:02Z"}]}

                event: closed
                data: {}

                """.formatted(COMPLETED));

        assertThat(call("start", "shop/order", "--wait")).isZero();
        assertThat(terminal.out()).isEqualToIgnoringNewLines("{\"total\":1.10,\"big\":9007199254740993}");
        assertThat(terminal.err()).contains("✓ pay  charge  completed  2.0 s").contains("✓ completed after 3.0 s");
    }

    @Test
    void waitingForAFaultedInstanceEndsWithOneAndSaysWhy() {
        String faulted = COMPLETED
                .replace("completed", "faulted")
                .replaceFirst(
                        "\"output\":\\{[^}]*}",
                        "\"error\":{\"type\":\"https://x/communication\",\"status\":503,"
                                + "\"detail\":\"no answer\",\"instance\":\"/do/0/pay\"}");
        api.on("GET /instances/" + ID, faulted);
        api.on(
                "GET /instances/" + ID + "/events",
                200,
                "text/event-stream",
                "event: change\ndata: {\"instance\":" + faulted
                        + ",\"activations\":[]}\n\nevent: closed\ndata: {}\n\n");

        assertThat(call("watch", ID)).isEqualTo(1);
        assertThat(terminal.out()).contains("✗ faulted after 3.0 s: communication (503): no answer at /do/0/pay");
    }

    @Test
    void actionSendsItsReasonForEveryInstance() {
        api.on("POST /instances/a:cancel", COMPLETED.replace("completed", "cancelled"));
        api.on("POST /instances/b:cancel", COMPLETED.replace("completed", "cancelled"));

        assertThat(call("cancel", "a", "b", "--reason", "twice")).isZero();
        assertThat(api.requests())
                .containsExactly(
                        "POST /instances/a:cancel {\"reason\":\"twice\"}",
                        "POST /instances/b:cancel {\"reason\":\"twice\"}");
    }

    @Test
    void eventsAreListedAndShown() {
        String event = "{\"position\":42,\"source\":\"/shop\",\"id\":\"e1\",\"type\":\"paid\",\"state\":\"consumed\","
                + "\"receivedAt\":\"2026-01-01T00:00:00Z\",\"keptUntil\":\"2126-01-01T00:00:00Z\",\"offered\":2,"
                + "\"taken\":1";
        api.on("GET /events?type=paid&source=%2Fshop&pageSize=20", "{\"events\":[" + event + "}]}");
        api.on(
                "GET /events/42",
                event + ",\"takers\":[\"0196c2f4-1fd0-7a11-8c3b-0a1b2c3d4e5f\"],\"event\":{\"data\":{\"sum\":1.10}}}");

        assertThat(call("events", "--type", "paid", "--source", "/shop")).isZero();
        assertThat(terminal.out()).contains("42", "✓ consumed", "paid", "/shop", "by 1 instance");
        assertThat(call("events", "show", "42")).isZero();
        assertThat(terminal.out()).contains("0196c2f4-1fd0-7a11-8c3b-0a1b2c3d4e5f", "{\"sum\":1.10}");
    }

    @Test
    void schedulesAreListedWithTheirNextStart() {
        String soon = java.time.Instant.now().plusSeconds(3_600 + 59).toString();
        api.on(
                "GET /schedules?pageSize=20",
                "{\"schedules\":[" + schedule(soon, false) + "," + schedule("", true) + "]}");

        assertThat(call("schedules")).isZero();

        assertThat(terminal.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("shop/report/1.0.0")
                        .contains("every 10 min")
                        .contains("in 1 h")
                        .endsWith("12"))
                .anySatisfy(line -> assertThat(line).contains("‖ paused"));
    }

    @Test
    void aScheduleIsShownPausedResumedAndTriggered() {
        String answer = "{\"schedules\":[" + schedule("2126-01-01T00:00:00Z", false) + "]}";
        api.on("GET /schedules/shop/report", answer);
        api.on("POST /schedules/shop/report:pause", answer);
        api.on("POST /schedules/shop/report:resume", answer);
        api.on("POST /schedules/shop/report:trigger", 201, "application/json", COMPLETED);

        assertThat(call("schedules", "show", "shop/report")).isZero();
        assertThat(terminal.out()).contains("every 10 min").contains("next").contains("2126-01-01T00:00:00Z");
        assertThat(call("schedules", "pause", "shop/report")).isZero();
        assertThat(call("schedules", "resume", "shop/report", "--output", "json"))
                .isZero();
        assertThat(call("schedules", "trigger", "shop/report", "--input", "{\"a\":1.10}"))
                .isZero();

        assertThat(terminal.out()).endsWith(ID + System.lineSeparator());
        assertThat(api.requests())
                .containsExactly(
                        "GET /schedules/shop/report",
                        "POST /schedules/shop/report:pause {}",
                        "POST /schedules/shop/report:resume {}",
                        "POST /schedules/shop/report:trigger {\"input\":{\"a\":1.10}}");
    }

    @Test
    void publishesAnEventWithEveryDigit() {
        api.on("POST /events", 202, "application/json", "{\"accepted\":1,\"duplicates\":0}");

        assertThat(call("publish", "--type", "order.paid", "--source", "/shop", "--id", "e1", "--data", "{\"a\":1.10}"))
                .isZero();

        assertThat(terminal.out()).isEqualToIgnoringNewLines("e1");
        assertThat(api.requests())
                .singleElement()
                .asString()
                .startsWith(
                        "POST /events {\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/shop\",\"type\":\"order.paid\"")
                .endsWith("\"datacontenttype\":\"application/json\",\"data\":{\"a\":1.10}}");
    }

    @Test
    void publishRefusesWhatIsNoJson() {
        assertThat(call("publish", "--type", "t", "--source", "/s", "--data", "{"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("Expected JSON in --data, but at 1:");
    }

    @Test
    void aScheduleHasNoVersion() {
        assertThat(call("schedules", "pause", "shop/report/1.0.0")).isEqualTo(2);
        assertThat(terminal.err()).contains("NAMESPACE/NAME").contains("highest version");
    }

    private static String schedule(String next, boolean paused) {
        return "{\"definition\":{\"namespace\":\"shop\",\"name\":\"report\",\"version\":\"1.0.0\"},"
                + "\"trigger\":\"every\",\"expression\":\"PT10M\",\"description\":\"every 10 min\",\"paused\":" + paused
                + (next.isEmpty() ? "" : ",\"nextAt\":\"" + next + "\"") + ",\"upcoming\":["
                + (next.isEmpty() ? "" : "\"" + next + "\"") + "],\"firedAt\":\"2026-01-01T00:00:00Z\","
                + "\"lastInstanceId\":\"" + ID + "\",\"firedCount\":12}";
    }

    @Test
    void wrongSettingIsNamed() {
        assertThat(run("settings", "--set", "port=many")).isEqualTo(2);
        assertThat(terminal.err()).contains("port").contains("many").doesNotContain("\tat ");
    }

    @Test
    void settingsAreListedWithTheirSource() {
        terminal = new TestingTerminal("", Map.of("ORQUESTRAX_PORT", "9090"));

        assertThat(run("settings")).isZero();
        assertThat(terminal.out())
                .containsPattern("port +9090 +ORQUESTRAX_PORT")
                .contains(".orquestrax");
    }

    static Stream<CommandLine> commands() {
        return Orquestrax.commandLine(new TestingTerminal("", Map.of()).terminal()).getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTeachesByExample(CommandLine command) {
        String help = command.getUsageMessage();

        assertThat(help)
                .contains("Examples:")
                .contains(
                        "orquestrax " + command.getCommandSpec().qualifiedName().replaceFirst("^orquestrax ", ""));
        assertThat(help).contains("Exit codes:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void completionKnowsEveryCommand(CommandLine command) {
        assertThat(run("completion", "bash")).isZero();
        assertThat(terminal.out()).contains(command.getCommandName());
    }

    @Test
    void completionRefusesAShellWithoutScript() {
        assertThat(run("completion", "fish")).isEqualTo(2);
    }

    private int call(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", api.address()));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Orquestrax.run(terminal.terminal(), arguments);
    }

    private Path write(String document) throws IOException {
        return Files.writeString(directory.resolve("order.yaml"), document);
    }
}

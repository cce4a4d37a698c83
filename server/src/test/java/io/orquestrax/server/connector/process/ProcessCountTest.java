package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.secret.CallSecrets;
import io.orquestrax.store.Waiting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many processes a run has, by whatever counts them. */
@Timeout(120)
class ProcessCountTest {
    private static final int MAX = 16;
    private static final Tools TOOLS = Tools.ofThisProcess();

    /** What keeps a run together, and counts its processes where this machine allows it. */
    enum Way {
        STRICTEST,
        STRICTEST_OF_ANOTHER_USER,
        BY_ENVIRONMENT,
        BY_ENVIRONMENT_AND_LOOKS;

        Confinement confinement() {
            List<String> base = Confinement.dieWithParent(TOOLS).orElseThrow();
            List<String> other = new ArrayList<>(base);
            other.addAll(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
            return switch (this) {
                case STRICTEST -> Confinement.detect(TOOLS, base, true);
                // None but root may become another.
                case STRICTEST_OF_ANOTHER_USER ->
                    Confinement.detect(
                            TOOLS, Probe.of(other, List.of("/bin/true")).succeeds() ? other : base, true);
                case BY_ENVIRONMENT -> Confinement.detect(TOOLS, base, false);
                case BY_ENVIRONMENT_AND_LOOKS -> new Confinement(base, List.of(), false, null);
            };
        }
    }

    private Set<Path> before = Set.of();

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRunThatStartsTooManyIsRefusedOrEnded(Way way) throws Exception {
        Confinement confinement = way.confinement();
        before = groups(confinement);
        String command = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30;"
                + " do sleep 60 & echo $i; done; wait";
        if (!confinement.isByKernel()) {
            assertThat(failure(confinement, 60, command)).isEqualTo("Too many processes");
            return;
        }

        JsonNode outcome = run(confinement, 60, command);

        // The shell is one of them.
        assertThat(outcome.path("stdout").asText().lines()).hasSize(MAX - 1);
        assertThat(outcome.path("code").asInt()).isNotZero();
        assertThat(outcome.path("stderr").asText()).containsIgnoringCase("fork");
        assertNoGroups(confinement);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aRunThatHasAsManyAsItMayGoesOn(Way way) throws Exception {
        Confinement confinement = way.confinement();
        before = groups(confinement);
        String command = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do sleep 0.5 & done; wait; echo all";

        JsonNode outcome = run(confinement, 60, command);

        assertThat(outcome.path("stdout").asText()).isEqualTo("all");
        assertThat(outcome.path("stderr").asText()).isEmpty();
        assertNoGroups(confinement);
    }

    /** Where the kernel tells of refusals it is ended; else it lives as long as a run may. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aRunThatNeverStopsStartingProcessesEnds(Way way) throws Exception {
        Confinement confinement = way.confinement();
        before = groups(confinement);
        String command = """
                exec python3 -c '
                import os, time
                while True:
                    try:
                        if os.fork() == 0:
                            time.sleep(60)
                            os._exit(0)
                        time.sleep(0.0005)
                    except OSError:
                        continue
                '""";

        String title = failure(confinement, confinement.hasOwnCount() ? 2 : 60, command);

        assertThat(title).isEqualTo(confinement.hasOwnCount() ? "Process timed out" : "Too many processes");
        assertNoGroups(confinement);
    }

    /** A process that escaped from its run keeps its group as long as it lives. */
    @Test
    void aGroupThatWasInUseGoesBeforeTheNextIsMade() throws Exception {
        ControlGroups groups = Way.BY_ENVIRONMENT.confinement().groups();
        if (groups == null) {
            return;
        }
        ControlGroup used = groups.create(MAX);
        List<String> words = new ArrayList<>(used.entrance());
        words.addAll(List.of("sleep", "60"));
        Process escaped = new ProcessBuilder(words).start();
        try {
            Path count = used.directory().resolve("pids.current");
            Waiting.until("it is there", () -> Files.readString(count).strip().equals("1"));
            used.close();

            assertThat(used.isRemoved()).isFalse();
        } finally {
            escaped.destroyForcibly().waitFor();
        }
        Waiting.until("the group is gone", () -> {
            groups.create(MAX).remove();
            return !Files.exists(used.directory());
        });
    }

    private void assertNoGroups(Confinement confinement) throws Exception {
        // A node of another test may just look what it can have.
        Waiting.until("no group is left", () -> before.containsAll(groups(confinement)));
    }

    /** Of this process, in which another test may have left a process that escapes. */
    private static Set<Path> groups(Confinement confinement) throws IOException {
        Set<Path> groups = new HashSet<>();
        if (confinement.groups() != null) {
            String own = "orquestrax-run-" + ProcessHandle.current().pid() + "-*";
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(confinement.groups().parent(), own)) {
                found.forEach(groups::add);
            }
        }
        return groups;
    }

    private static String failure(Confinement confinement, int seconds, String command) {
        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> run(confinement, seconds, command));
        return String.valueOf(failure.error().title());
    }

    private static JsonNode run(Confinement confinement, int seconds, String command)
            throws ConnectorFailure, InterruptedException {
        ProcessLimits limits = new ProcessLimits(Duration.ofSeconds(seconds), 512L << 20, 1 << 20, 64L << 20, MAX);
        ObjectNode with = Json.NODES.objectNode().put("command", command).put("return", "all");
        try (Machine machine = new Machine(limits, confinement)) {
            return new ShellConnector(machine).perform(with, new CallSecrets(name -> Optional.empty()), "key");
        }
    }
}

package io.orquestrax.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.orquestrax.bench.TestingBench;
import io.orquestrax.cli.command.ExitCode;
import org.junit.jupiter.api.Test;

class TortureCommandTest {

    @Test
    void namesTheFaultsWhereAnUnknownOneIsAskedFor() {
        TestingBench bench = TestingBench.run("torture", "--faults", "kill-node,earthquake");

        assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.err()).contains("kill-node, freeze-node", "earthquake");
    }

    @Test
    void saysThatAFaultNeedsMoreNodes() {
        TestingBench bench = TestingBench.run("torture", "--nodes", "1", "--faults", "cut-peers");

        assertThat(bench.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(bench.err()).contains("cut-peers", "--nodes");
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThat(TestingBench.run("torture", "--nodes", "0").err()).contains("--nodes");
        assertThat(TestingBench.run("torture", "--minutes", "0").err()).contains("--minutes");
        assertThat(TestingBench.run("torture", "--rate", "1000").err()).contains("--rate");
    }
}

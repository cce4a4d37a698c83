package io.orquestrax.bench.training;

import io.orquestrax.bench.environment.TemporaryDirectory;
import io.orquestrax.cli.command.OwnProcess;
import io.orquestrax.cli.node.Doors;
import io.orquestrax.cli.node.RunningNode;
import io.orquestrax.server.node.Logging;
import io.orquestrax.server.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A node that is used a little. The launcher runs it once after a build and has the JVM write down what was loaded and
 * how it ran ({@code -XX:AOTCacheOutput}).
 */
public final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Settings settings = Settings.load(
                    null,
                    Map.of(),
                    Map.of(
                            "log.level",
                            "warn",
                            "port",
                            "0",
                            "data-directory",
                            directory.path().resolve("data").toString()));
            Logging.configure(settings);
            try (RunningNode node = RunningNode.start(settings, Doors.all(), progress -> {})) {
                use(node.address());
            }
        }
    }

    /** By another process, for what only a client loads would take memory in every node. */
    private static void use(String address) throws IOException, InterruptedException {
        Process user = new ProcessBuilder(OwnProcess.command(List.of(), TrainingUser.class, List.of(address)))
                .inheritIO()
                .start();
        if (user.waitFor() != 0) {
            throw new IllegalStateException(
                    "Expected the node to be used, but its user ended with " + user.exitValue());
        }
    }
}

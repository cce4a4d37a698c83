package io.orquestrax.cli.instance;

import io.orquestrax.cli.command.OutputOptions;
import io.orquestrax.cli.command.ServerOptions;
import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.rest.Route;
import io.orquestrax.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows an instance to its end. */
@Command(
        name = "watch",
        header = "Follow an instance to its end.",
        description = "Shows each step as it happens; the exit code tells how the instance ended. With --output json,"
                + " prints the instance once it is closed.",
        footer = {
            "  orquestrax watch 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11",
            "  orquestrax watch 0198c5d2-7f6e-7c3a-9a51-2f1f0c8d4e11 --timeout PT5M || alert"
        })
public final class WatchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The instance's id.")
    private String id;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "Follow no longer than this (PT30S, PT1H).")
    private @Nullable Duration timeout;

    @Mixin
    private ServerOptions server;

    @Mixin
    private OutputOptions output;

    public WatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        RestApi api = server.connect(terminal);
        InstanceView instance = new InstanceView(api.get(Route.of("instances", id)));
        Follower follower = output.json()
                ? new Follower(terminal, api, terminal.err(), terminal.errStyle(), terminal.errLive())
                : new Follower(terminal, api, terminal.out(), terminal.outStyle(), terminal.outLive());
        InstanceView ended = follower.follow(instance, timeout);
        if (output.json()) {
            OutputOptions.printJson(terminal, ended.json());
        }
        return ended.exitCode();
    }
}

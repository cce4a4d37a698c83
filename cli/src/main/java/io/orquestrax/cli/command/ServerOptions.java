package io.orquestrax.cli.command;

import io.orquestrax.cli.rest.RestApi;
import io.orquestrax.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
public final class ServerOptions {
    public static final String VARIABLE = "ORQUESTRAX_SERVER";
    public static final String DEFAULT = "http://127.0.0.1:8080";

    @Option(
            names = {"-s", "--server"},
            paramLabel = "URL",
            description = "The server. Default: $ORQUESTRAX_SERVER, else " + DEFAULT + ".")
    private @Nullable String server;

    public String url(Terminal terminal) {
        if (server != null) {
            return server;
        }
        String named = terminal.environment().getOrDefault(VARIABLE, "");
        return named.isEmpty() ? DEFAULT : named;
    }

    public RestApi connect(Terminal terminal) {
        return new RestApi(url(terminal));
    }
}

package io.orquestrax.cli.function;

import io.orquestrax.cli.rest.Route;
import picocli.CommandLine.Parameters;

/** Names a version of a function. */
final class FunctionReference {
    @Parameters(index = "0", paramLabel = "NAME", description = "The function.")
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "Of it.")
    private String version;

    Route route() {
        return Route.of("functions", name, version);
    }

    @Override
    public String toString() {
        return name + ":" + version;
    }
}

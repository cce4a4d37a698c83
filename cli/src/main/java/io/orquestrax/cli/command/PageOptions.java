package io.orquestrax.cli.command;

import picocli.CommandLine.Option;

/** How much of a list. */
public final class PageOptions {

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many; default 20.")
    private int limit;

    @Option(names = "--all", description = "No limit.")
    private boolean all;

    public long limit() {
        if (limit < 1) {
            throw CommandFailure.usage("Expected --limit to be at least 1, but it is " + limit + ".");
        }
        return all ? Long.MAX_VALUE : limit;
    }
}

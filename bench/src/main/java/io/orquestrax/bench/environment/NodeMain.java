package io.orquestrax.bench.environment;

import io.orquestrax.cli.Orquestrax;

/** The command in a process that does not outlive its parent. */
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        Orquestrax.main(arguments);
    }
}

package io.orquestrax.server.connector.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an author sets in the environment of a run. It must not reach the programs that keep the run within limits, which
 * some variables would bend to anything ({@code LD_PRELOAD}), nor stand in a list of arguments, which others can read: so
 * it goes by other names past them, and a shell behind the last one puts it in its place.
 */
record AuthorVariables(Map<String, String> values) {
    private static final String PREFIX = "ORQUESTRAX_SET_";

    AuthorVariables {
        Map<String, String> kept = new HashMap<>(values);
        // By its mark a run is known.
        kept.remove(Watchdog.VARIABLE);
        values = Map.copyOf(kept);
    }

    /** For the process that is started. */
    void hideIn(Map<String, String> environment) {
        values.forEach((name, value) -> environment.put(PREFIX + name, value));
    }

    /** What stands before the command itself. */
    List<String> words() {
        StringBuilder script = new StringBuilder();
        for (String name : values.keySet()) {
            script.append("export %1$s=\"$%2$s%1$s\"; unset %2$s%1$s; ".formatted(name, PREFIX));
        }
        return List.of("/bin/sh", "-c", script + "exec \"$@\"", "run");
    }
}

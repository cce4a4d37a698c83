package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run is kept together, so that all of it ends when it ends, and when this process dies.
 *
 * <p>Where the kernel allows it, a run has a process namespace of its own: whatever its processes do, none of them
 * outlives the first one. Elsewhere they are known by a variable of their environment, which only a process that wipes
 * its environment and leaves its parent escapes.
 *
 * @param words what stands before a command
 * @param hasNamespace whether the first process of the namespace is the only child of the process that is started
 */
record Confinement(List<String> words, boolean hasNamespace) {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    private static final long PROBE_SECONDS = 10;
    private static final List<String> NAMESPACE = List.of("--pid", "--fork", "--kill-child=KILL");
    /** Not to see other processes, nor through them their environments. */
    private static final String OWN_VIEW = "--mount-proc";

    private static final String OWN_USER = "--user";
    private static final String SAME_USER = "--map-current-user";

    /** The first process of a namespace must wait for others and outlast signals, which a shell does. */
    private static final List<String> FIRST_PROCESS = List.of("/bin/sh", "-c", "\"$@\"; exit $?", "run");

    Confinement {
        words = List.copyOf(words);
    }

    /** The strictest that works here; empty where there is none, since this is no Linux or lacks util-linux. */
    static Optional<Confinement> detect(Tools tools) {
        Optional<String> dieWithParent = tools.find("setpriv");
        if (dieWithParent.isEmpty() || tools.find("prlimit").isEmpty()) {
            return Optional.empty();
        }
        List<String> base = List.of(dieWithParent.get(), "--pdeathsig", "KILL");
        Optional<String> unshare = tools.find("unshare");
        if (unshare.isPresent()) {
            for (List<String> more : List.of(
                    List.of(OWN_VIEW),
                    List.of(OWN_USER, SAME_USER, OWN_VIEW),
                    List.<String>of(),
                    List.of(OWN_USER, SAME_USER))) {
                List<String> words = new ArrayList<>(base);
                words.add(unshare.get());
                words.addAll(NAMESPACE);
                words.addAll(more);
                words.add("--");
                if (works(words)) {
                    words.addAll(FIRST_PROCESS);
                    return Optional.of(new Confinement(words, true));
                }
            }
        }
        if (!works(base)) {
            return Optional.empty();
        }
        LOG.warn("This machine gives no process namespaces: processes of shell and script jobs are known by their"
                + " environment, which one that means to can escape");
        return Optional.of(new Confinement(base, false));
    }

    private static boolean works(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.add("/bin/true");
        @Nullable Process probe = null;
        try {
            probe = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            probe.getOutputStream().close();
            return probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException impossible) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (probe != null) {
                probe.destroyForcibly();
            }
        }
    }
}

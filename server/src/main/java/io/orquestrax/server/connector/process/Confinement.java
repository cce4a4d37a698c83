package io.orquestrax.server.connector.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run is kept together, so that all of it ends when it ends, and when this process dies; and who sees to it that
 * it has no more processes than it may.
 *
 * <p>Where the kernel allows it, a run has a process namespace of its own: whatever its processes do, none of them
 * outlives the first one. Elsewhere they are known by a variable of their environment, which only a process that wipes
 * its environment and leaves its parent escapes.
 *
 * @param base what stands before everything
 * @param namespace what stands before a command that gets a process namespace, whose first process is the only child of
 *     the process that is started; empty where there is none
 * @param hasOwnCount whether the kernel counts for RLIMIT_NPROC none but the processes of the run
 * @param groups in which the kernel counts the processes of a run; null where they are not there, or not needed
 */
record Confinement(
        List<String> base,
        List<String> namespace,
        boolean hasOwnCount,
        @Nullable ControlGroups groups) {
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

    private static final List<String> NAMESPACE = List.of("--pid", "--fork", "--kill-child=KILL");
    /** Not to see other processes, nor through them their environments. */
    private static final String OWN_VIEW = "--mount-proc";

    private static final String OWN_USER = "--user";
    private static final String SAME_USER = "--map-current-user";

    /** The first process of a namespace must wait for others and outlast signals, which a shell does. */
    private static final List<String> FIRST_PROCESS = List.of("/bin/sh", "-c", "\"$@\"; exit $?", "run");
    /** The one that makes the namespace, and the first one in it. */
    private static final int NAMESPACE_PROCESSES = 2;

    /** A run leaves the processor to this process, which has to notice what it does. */
    private static final int NICENESS = 5;
    /** Where nothing but this process stops it, it leaves the processor to everyone. */
    private static final int GREATEST_NICENESS = 19;

    Confinement {
        base = List.copyOf(base);
        namespace = List.copyOf(namespace);
    }

    /** The strictest that works here; empty where there is none, since this is no Linux or lacks util-linux. */
    static Optional<Confinement> detect(Tools tools) {
        Optional<List<String>> base = dieWithParent(tools).filter(found -> works(found));
        if (base.isEmpty() || tools.find("prlimit").isEmpty()) {
            return Optional.empty();
        }
        Confinement found = detect(tools, base.get(), true);
        found.tell();
        return Optional.of(found);
    }

    /** Has a process end with the thread that starts it. */
    static Optional<List<String>> dieWithParent(Tools tools) {
        return tools.find("setpriv").map(program -> List.of(program, "--pdeathsig", "KILL"));
    }

    /**
     * @param base which works
     * @param mayHaveNamespace whether to look for one
     */
    static Confinement detect(Tools tools, List<String> base, boolean mayHaveNamespace) {
        List<String> namespace = mayHaveNamespace ? namespace(tools, base) : List.of();
        if (hasOwnCount(tools, base, namespace)) {
            return new Confinement(base, namespace, true, null);
        }
        return new Confinement(
                base, namespace, false, ControlGroups.detect(base).orElse(null));
    }

    private static List<String> namespace(Tools tools, List<String> base) {
        Optional<String> unshare = tools.find("unshare");
        if (unshare.isEmpty()) {
            return List.of();
        }
        for (List<String> more : List.of(
                List.of(OWN_VIEW),
                List.of(OWN_USER, SAME_USER, OWN_VIEW),
                List.<String>of(),
                List.of(OWN_USER, SAME_USER))) {
            List<String> words = new ArrayList<>(List.of(unshare.get()));
            words.addAll(NAMESPACE);
            words.addAll(more);
            words.add("--");
            if (works(base, words)) {
                return words;
            }
        }
        return List.of();
    }

    /**
     * Without a user namespace of its own the threads of this process count too, with one they do before Linux 5.14, and
     * root is never refused. A limit that the run's own processes just reach tells.
     */
    private static boolean hasOwnCount(Tools tools, List<String> base, List<String> namespace) {
        Optional<String> unshare = tools.find("unshare");
        if (unshare.isEmpty() || namespace.isEmpty()) {
            return false;
        }
        int own = NAMESPACE_PROCESSES;
        List<String> limit = List.of(tools.find("prlimit").orElseThrow());
        List<String> fork = List.of("--", unshare.get(), "--fork", "--");
        return works(base, namespace, limit, List.of("--nproc=" + (own + 1)), fork)
                && !works(base, namespace, limit, List.of("--nproc=" + own), fork);
    }

    @SafeVarargs
    private static boolean works(List<String>... words) {
        return Probe.of(words).succeeds();
    }

    private void tell() {
        if (!hasNamespace()) {
            LOG.warn("This machine gives no process namespaces: processes of shell and script jobs are known by their"
                    + " environment, which one that means to can escape");
        }
        if (hasOwnCount) {
            LOG.info("The kernel limits the processes of a shell or script job by those of its user namespace");
        } else if (groups != null) {
            LOG.info(
                    "The kernel limits the processes of a shell or script job by a control group below {}",
                    groups.parent());
        } else {
            LOG.warn("This machine gives neither user namespaces nor control groups: processes of shell and script jobs"
                    + " are only counted now and then, and a fork bomb outruns that. Limit those of the service or"
                    + " container as a whole");
        }
    }

    boolean hasNamespace() {
        return !namespace.isEmpty();
    }

    /** Processes of a run beside those of its command. */
    int ownProcesses() {
        return hasNamespace() ? NAMESPACE_PROCESSES : 0;
    }

    /** Whether the kernel refuses a run more processes than it may have. */
    boolean isByKernel() {
        return hasOwnCount || groups != null;
    }

    /**
     * What stands before a command.
     *
     * @param group to be in; null for none
     */
    List<String> words(Tools tools, @Nullable ControlGroup group) {
        List<String> words = new ArrayList<>(base);
        tools.find("nice")
                .ifPresent(nice ->
                        words.addAll(List.of(nice, "-n", String.valueOf(isByKernel() ? NICENESS : GREATEST_NICENESS))));
        if (group != null) {
            words.addAll(group.entrance());
        }
        if (hasNamespace()) {
            words.addAll(namespace);
            words.addAll(FIRST_PROCESS);
        }
        return words;
    }
}

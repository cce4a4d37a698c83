package io.orquestrax.server.connector.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Control groups of runs, made below the one that this process is in.
 *
 * @param parent the group of this process, in the file system of control groups
 * @param isUnified whether that is version 2, in which one group limits all kinds of resources
 */
record ControlGroups(Path parent, boolean isUnified) {
    private static final String PREFIX = "orquestrax-run-";
    private static final long SELF = ProcessHandle.current().pid();
    /** Tells this process from an earlier one with its number, as the first of a container is. */
    private static final String LIFE = UUID.randomUUID().toString();

    private static final AtomicLong CREATED = new AtomicLong();

    private static final String CONTROLLER = "pids";
    private static final String SUBTREE = "cgroup.subtree_control";

    /**
     * The ones of this process, as far as they can be used.
     *
     * @param base what stands before a command
     */
    static Optional<ControlGroups> detect(List<String> base) {
        return find(Path.of("/proc/self")).filter(found -> found.isUsable(base));
    }

    /**
     * @param process a directory as {@code /proc/self} is
     */
    static Optional<ControlGroups> find(Path process) {
        try {
            List<String> groups = Files.readAllLines(process.resolve("cgroup"));
            for (String mount : Files.readAllLines(process.resolve("mountinfo"))) {
                Optional<ControlGroups> found = at(mount, groups);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /**
     * @param mount a line of {@code mountinfo} (proc_pid_mountinfo(5))
     * @param groups the lines of {@code cgroup} (cgroups(7))
     */
    private static Optional<ControlGroups> at(String mount, List<String> groups) {
        List<String> fields = Arrays.asList(mount.split(" "));
        int end = fields.indexOf("-");
        if (end < 0 || fields.size() < end + 4) {
            return Optional.empty();
        }
        String kind = fields.get(end + 1);
        boolean isUnified = kind.equals("cgroup2");
        if (!isUnified && !(kind.equals("cgroup") && hasController(fields.get(end + 3)))) {
            return Optional.empty();
        }
        Path root = Path.of(unescaped(fields.get(3)));
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(group -> group.length == 3
                        && (isUnified ? group[0].equals("0") && group[1].isEmpty() : hasController(group[1])))
                .map(group -> Path.of(group[2]))
                .filter(path -> path.startsWith(root) && path.equals(path.normalize()))
                .map(path -> Path.of(unescaped(fields.get(4))).resolve(root.relativize(path)))
                .map(directory -> new ControlGroups(directory, isUnified))
                .filter(ControlGroups::hasLimits)
                .findFirst();
    }

    private static boolean hasController(String names) {
        return Arrays.asList(names.split(",")).contains(CONTROLLER);
    }

    private static String unescaped(String field) {
        return field.replace("\\040", " ").replace("\\134", "\\");
    }

    private boolean hasLimits() {
        if (!isUnified) {
            return Files.isDirectory(parent);
        }
        try {
            return words("cgroup.controllers").contains(CONTROLLER);
        } catch (IOException none) {
            return false;
        }
    }

    private List<String> words(String file) throws IOException {
        return Arrays.asList(Files.readString(parent.resolve(file)).strip().split(" "));
    }

    private boolean isUsable(List<String> base) {
        try {
            ControlGroup probe = create(1);
            try {
                return Probe.of(base, probe.entrance()).succeeds();
            } finally {
                probe.remove();
            }
        } catch (IOException forbidden) {
            return false;
        }
    }

    /** An empty one; those that could not be removed before may be gone after this. */
    ControlGroup create(long maxProcesses) throws IOException {
        removeLeftovers();
        Path directory = parent.resolve(PREFIX + SELF + "-" + LIFE + "-" + CREATED.incrementAndGet());
        ControlGroup group = new ControlGroup(Files.createDirectory(directory));
        boolean isLimited = false;
        try {
            if (isUnified) {
                // A group with processes of its own, as this one's is, has none but threaded groups below.
                Files.writeString(directory.resolve("cgroup.type"), "threaded");
                if (!words(SUBTREE).contains(CONTROLLER)) {
                    Files.writeString(parent.resolve(SUBTREE), "+" + CONTROLLER);
                }
            }
            group.limit(maxProcesses);
            isLimited = true;
            return group;
        } finally {
            if (!isLimited) {
                group.remove();
            }
        }
    }

    /** Removes the groups of runs that ended, and of processes that were killed, where nothing runs in them any more. */
    void removeLeftovers() {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : groups) {
                ControlGroup group = new ControlGroup(each);
                if (isOfTheDead(each.getFileName().toString()) || group.isClosed()) {
                    var _ = group.isRemoved();
                }
            }
        } catch (IOException unreadable) {
            // Others may have their turn.
            return;
        }
    }

    private static boolean isOfTheDead(String name) {
        String[] parts = name.substring(PREFIX.length()).split("-", 2);
        try {
            long process = Long.parseLong(parts[0]);
            return process == SELF
                    ? !parts[1].startsWith(LIFE)
                    : ProcessHandle.of(process).isEmpty();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException other) {
            return false;
        }
    }
}

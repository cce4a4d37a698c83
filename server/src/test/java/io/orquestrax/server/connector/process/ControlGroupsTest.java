package io.orquestrax.server.connector.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where control groups are found, by what Linux tells a process of itself. */
class ControlGroupsTest {
    @TempDir
    private Path directory;

    @Test
    void findsTheHierarchyOfVersionOne() throws Exception {
        Path group = Files.createDirectories(directory.resolve("pids/shop"));

        assertThat(find("""
                9:name=systemd:/other
                8:cpu,pids:/shop
                0::/third
                """, """
                31 23 0:28 / %1$s rw - tmpfs tmpfs rw,mode=755
                32 31 0:29 / %1$s/cpu rw,relatime - cgroup cgroup rw,cpu
                39 31 0:36 / %1$s/pids rw,relatime shared:3 master:1 - cgroup cgroup rw,cpu,pids
                """)).contains(new ControlGroups(group, false));
    }

    @Test
    void findsTheOneHierarchyOfVersionTwo() throws Exception {
        Path group = Files.createDirectories(directory.resolve("all/system.slice/shop"));
        Files.writeString(group.resolve("cgroup.controllers"), "cpu memory pids\n");

        assertThat(find("0::/system.slice/shop\n", "41 31 0:38 / %s/all rw - cgroup2 cgroup2 rw\n"))
                .contains(new ControlGroups(group, true));
    }

    @Test
    void findsItselfBelowWhatAContainerSees() throws Exception {
        Path group = Files.createDirectories(directory.resolve("my groups"));

        assertThat(find("4:pids:/docker/ab\n", "39 31 0:36 /docker/ab %s/my\\040groups ro - cgroup cgroup rw,pids\n"))
                .contains(new ControlGroups(group, false));
    }

    @Test
    void findsNoneWhereProcessesAreNotCountedOrItsOwnGroupIsElsewhere() throws Exception {
        Path group = Files.createDirectories(directory.resolve("all"));
        Files.writeString(group.resolve("cgroup.controllers"), "cpu memory\n");

        assertThat(find("0::/\n", "41 31 0:38 / %s/all rw - cgroup2 cgroup2 rw\n"))
                .isEmpty();
        assertThat(find("4:pids:/../other\n", "39 31 0:36 / %s/all rw - cgroup cgroup rw,pids\n"))
                .isEmpty();
        assertThat(find("4:pids:/other\n", "39 31 0:36 /own %s/all rw - cgroup cgroup rw,pids\n"))
                .isEmpty();
        assertThat(ControlGroups.find(directory.resolve("none"))).isEmpty();
    }

    @Test
    void makesThreadedOnesInVersionTwo() throws Exception {
        Files.writeString(directory.resolve("cgroup.subtree_control"), "\n");

        Path group = new ControlGroups(directory, true).create(66).directory();

        assertThat(group).hasParent(directory);
        assertThat(group.resolve("cgroup.type")).hasContent("threaded");
        assertThat(group.resolve("pids.max")).hasContent("66");
        assertThat(directory.resolve("cgroup.subtree_control")).hasContent("+pids");
    }

    @Test
    void removesNoneButEmptyOnesOfProcessesThatAreGone() throws Exception {
        long self = ProcessHandle.current().pid();
        Path earlier = group("orquestrax-run-" + self + "-11111111-2222-3333-4444-555555555555-1");
        Path dead = group("orquestrax-run-999999999-11111111-2222-3333-4444-555555555555-1");
        Path used = group("orquestrax-run-999999999-11111111-2222-3333-4444-555555555555-2");
        Files.createFile(used.resolve("process"));
        Path parent = group("orquestrax-run-"
                + ProcessHandle.current().parent().orElseThrow().pid() + "-11111111-2222-3333-4444-555555555555-1");
        Path other = group("orquestrax-run-x");
        ControlGroups groups = new ControlGroups(directory, false);
        Path own = groups.create(4).directory();

        groups.removeLeftovers();

        assertThat(earlier).doesNotExist();
        assertThat(dead).doesNotExist();
        assertThat(used).exists();
        assertThat(parent).exists();
        assertThat(other).exists();
        assertThat(own).exists();
    }

    private Path group(String name) throws Exception {
        return Files.createDirectory(directory.resolve(name));
    }

    /**
     * @param mounts in which the directory stands for {@code %s}
     */
    private Optional<ControlGroups> find(String groups, String mounts) throws Exception {
        Files.writeString(directory.resolve("cgroup"), groups);
        Files.writeString(directory.resolve("mountinfo"), mounts.formatted(directory));
        return ControlGroups.find(directory);
    }
}

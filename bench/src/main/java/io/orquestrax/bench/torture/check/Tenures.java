package io.orquestrax.bench.torture.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Who had which partition when: the claims in the order of their commits, and what was written between. */
final class Tenures {
    static final String ONE_WRITER = "An epoch has one writer";
    static final String RISING = "Each claim raises the epoch by one";

    private final Map<Integer, NavigableMap<Instant, Claim>> claims = new HashMap<>();
    private final Map<Integer, NavigableMap<Instant, Commit>> commits = new HashMap<>();
    private final List<Claim> inOrder;

    /** @param claims of each partition in their order */
    Tenures(List<Claim> claims, List<Commit> commits) {
        this.inOrder = List.copyOf(claims);
        for (Claim claim : claims) {
            this.claims
                    .computeIfAbsent(claim.partition(), unused -> new TreeMap<>())
                    .put(claim.at(), claim);
        }
        for (Commit commit : commits) {
            this.commits
                    .computeIfAbsent(commit.partition(), unused -> new TreeMap<>())
                    .put(commit.at(), commit);
        }
    }

    /** Whoever wrote without being the owner at that moment. */
    List<Violation> check() {
        List<Violation> violations = new ArrayList<>();
        checkEpochs(violations);
        commits.forEach((partition, ofPartition) -> ofPartition.values().forEach(commit -> {
            Optional<Claim> claim = Optional.ofNullable(
                            claims.getOrDefault(partition, new TreeMap<>()).floorEntry(commit.at()))
                    .map(Map.Entry::getValue);
            boolean isOwner = claim.isPresent()
                    && claim.get().owner() != null
                    && claim.get().application().equals(commit.application());
            if (!isOwner) {
                violations.add(new Violation(
                        ONE_WRITER,
                        "partition " + partition,
                        commit.application() + " committed transaction " + commit.transaction() + " at " + commit.at()
                                + ", but the last claim was " + claim));
            }
        }));
        return violations;
    }

    /**
     * How many batches came from a process that owned nothing any more.
     *
     * @param empty batches that left nothing behind
     */
    long late(List<Commit> empty) {
        return empty.stream()
                .filter(batch -> claims.values().stream().noneMatch(ofPartition -> {
                    Map.Entry<Instant, Claim> claim = ofPartition.floorEntry(batch.at());
                    return claim != null
                            && claim.getValue().owner() != null
                            && claim.getValue().application().equals(batch.application());
                }))
                .count();
    }

    private void checkEpochs(List<Violation> violations) {
        Map<Integer, Claim> last = new HashMap<>();
        for (Claim claim : inOrder) {
            Claim before = last.put(claim.partition(), claim);
            if (before == null) {
                continue;
            }
            boolean release = claim.owner() == null;
            long expected = release ? before.epoch() : before.epoch() + 1;
            if (claim.epoch() < expected || claim.epoch() > before.epoch() + 1) {
                violations.add(
                        new Violation(RISING, "partition " + claim.partition(), "after " + before + " came " + claim));
            }
        }
    }

    /** Each claim by another process than the last writer's, with the silence around it. */
    List<Takeover> takeovers() {
        List<Takeover> takeovers = new ArrayList<>();
        for (Claim claim : inOrder) {
            if (claim.owner() == null) {
                continue;
            }
            NavigableMap<Instant, Commit> ofPartition = commits.getOrDefault(claim.partition(), new TreeMap<>());
            Map.Entry<Instant, Commit> before = ofPartition.lowerEntry(claim.at());
            Map.Entry<Instant, Commit> after = ofPartition.ceilingEntry(claim.at());
            boolean isTakeover = before != null
                    && after != null
                    && !before.getValue().application().equals(claim.application())
                    && after.getValue().application().equals(claim.application());
            if (isTakeover) {
                takeovers.add(new Takeover(claim.partition(), before.getKey(), claim.at(), after.getKey()));
            }
        }
        return takeovers;
    }

    /**
     * A partition passed from one process to another.
     *
     * @param lastCommit of the old owner
     * @param firstCommit of the new one
     */
    record Takeover(int partition, Instant lastCommit, Instant claimed, Instant firstCommit) {}
}

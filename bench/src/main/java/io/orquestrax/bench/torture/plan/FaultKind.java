package io.orquestrax.bench.torture.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is done to the cluster, and for how long it may last. */
public enum FaultKind {
    KILL_NODE("kill-node", Victim.NODE, Manner.HARSH, 1, 0, 3),
    FREEZE_NODE("freeze-node", Victim.NODE, Manner.HARSH, 1, 2, 8),
    STOP_NODE("stop-node", Victim.NODE, Manner.GRACEFUL, 1, 0, 3),
    DRAIN_NODE("drain-node", Victim.NODE, Manner.GRACEFUL, 2, 1, 4),
    ROLLING_RESTART("rolling-restart", Victim.ALL_NODES, Manner.GRACEFUL, 2, 0, 1),
    JOIN_AND_LEAVE("join-and-leave", Victim.NEW_NODE, Manner.GRACEFUL, 2, 3, 6),
    CUT_DATABASE("cut-database", Victim.NODE, Manner.HARSH, 1, 1, 6),
    HOLD_DATABASE("hold-database", Victim.NODE, Manner.HARSH, 1, 2, 8),
    CUT_PEERS("cut-peers", Victim.NODE, Manner.HARSH, 2, 2, 6),
    HOLD_PEERS("hold-peers", Victim.NODE, Manner.HARSH, 2, 2, 8),
    CUT_DOOR("cut-door", Victim.NODE, Manner.HARSH, 1, 1, 5),
    HOLD_DOOR("hold-door", Victim.NODE, Manner.HARSH, 1, 2, 8),
    KILL_WORKER("kill-worker", Victim.WORKER, Manner.HARSH, 1, 0, 4),
    FREEZE_WORKER("freeze-worker", Victim.WORKER, Manner.HARSH, 1, 2, 8),
    STOP_WORKER("stop-worker", Victim.WORKER, Manner.GRACEFUL, 1, 0, 3),
    CUT_WORKER("cut-worker", Victim.WORKER, Manner.HARSH, 1, 1, 6),
    HOLD_WORKER("hold-worker", Victim.WORKER, Manner.HARSH, 1, 2, 8),
    RESTART_POSTGRES("restart-postgres", Victim.DATABASE, Manner.HARSH, 1, 0, 2),
    CRASH_POSTGRES("crash-postgres", Victim.DATABASE, Manner.HARSH, 1, 0, 2),
    POWER_CUT("power-cut", Victim.EVERYTHING, Manner.HARSH, 1, 0, 2);

    private final String word;
    private final Victim victim;
    private final Manner manner;
    private final int leastNodes;
    private final Duration shortest;
    private final Duration longest;

    FaultKind(String word, Victim victim, Manner manner, int leastNodes, int shortestSeconds, int longestSeconds) {
        this.word = word;
        this.victim = victim;
        this.manner = manner;
        this.leastNodes = leastNodes;
        this.shortest = Duration.ofSeconds(shortestSeconds);
        this.longest = Duration.ofSeconds(longestSeconds);
    }

    /** What it is done to. */
    public enum Victim {
        NODE,
        ALL_NODES,
        NEW_NODE,
        WORKER,
        DATABASE,
        EVERYTHING
    }

    private enum Manner {
        GRACEFUL,
        HARSH
    }

    public static Optional<FaultKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(FaultKind::word).toList();
    }

    /** As people name it. */
    public String word() {
        return word;
    }

    public Victim victim() {
        return victim;
    }

    /** Whether no call of a client may fail meanwhile; a node that leaves needs another one that stays. */
    public boolean isGraceful(int nodes) {
        return manner == Manner.GRACEFUL && (victim == Victim.WORKER || nodes > 1);
    }

    public boolean isPossibleWith(int nodes, int workers) {
        return nodes >= leastNodes && (victim != Victim.WORKER || workers > 0);
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}

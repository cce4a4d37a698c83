package io.orquestrax.server.job;

import java.util.Map;
import java.util.Set;

/** Another node whose jobs this one may take, and what it was told of the capacity here. Guarded by the dispatcher's lock. */
final class Lender {
    private final String node;
    private boolean isLinked;
    private boolean isNew;
    private long received;
    private int told;
    private int lentSince;
    private Set<Set<String>> toldTypes = Set.of();

    Lender(String node) {
        this.node = node;
    }

    String node() {
        return node;
    }

    boolean isLinked() {
        return isLinked;
    }

    /** Whether it was told nothing over this link yet. */
    boolean isNew() {
        return isNew;
    }

    long received() {
        return received;
    }

    void linked() {
        isLinked = true;
        isNew = true;
    }

    void unlinked() {
        isLinked = false;
    }

    /**
     * @param total that it has ever lent
     */
    void lent(int count, long total) {
        received = total;
        lentSince += count;
    }

    void told(Map<Set<String>, Integer> free) {
        isNew = false;
        told = total(free);
        lentSince = 0;
        toldTypes = Set.copyOf(free.keySet());
    }

    /** Whether it should hear of this capacity at once: it may have jobs that wait for it. */
    boolean isHungryFor(Set<String> types) {
        return isNew || lentSince * 2 >= told || !toldTypes.contains(types);
    }

    /** Whether what it was told differs from what is so now, or it does not know that its jobs have come. */
    boolean isMisinformed(Map<Set<String>, Integer> free) {
        return isNew || lentSince > 0 || told != total(free) || !toldTypes.equals(free.keySet());
    }

    static int total(Map<Set<String>, Integer> free) {
        return free.values().stream().mapToInt(Integer::intValue).sum();
    }
}

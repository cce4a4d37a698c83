package io.orquestrax.sdk.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the nodes of the cluster are: what the worker was told to begin with, and what nodes have said since. The order
 * is random, so that many workers spread. Thread-safe.
 */
final class Addresses {
    private final List<String> given;
    private final Set<String> failed = new HashSet<>();
    private List<String> told = List.of();

    Addresses(List<String> given) {
        List<String> order = new ArrayList<>(given);
        Collections.shuffle(order);
        this.given = List.copyOf(order);
    }

    /** Replaces what nodes said before. */
    synchronized void told(List<String> addresses) {
        List<String> order = new ArrayList<>(addresses);
        Collections.shuffle(order);
        told = List.copyOf(order);
    }

    /** The node there is lost, or cannot be reached: others come first. */
    synchronized void failed(String address) {
        failed.add(address);
    }

    /** Where to go next; empty when all have failed, so that it is time to rest and then to {@link #startOver}. */
    synchronized Optional<String> next() {
        return all().stream().filter(address -> !failed.contains(address)).findFirst();
    }

    synchronized boolean areSeveral() {
        return all().size() > 1;
    }

    /** Another try may be worth while at all of them. */
    synchronized void startOver() {
        failed.clear();
    }

    /** Nodes know better than who started the worker; but they may be known under other names where it runs. */
    private List<String> all() {
        List<String> all = new ArrayList<>(told);
        given.stream().filter(address -> !told.contains(address)).forEach(all::add);
        return all;
    }
}

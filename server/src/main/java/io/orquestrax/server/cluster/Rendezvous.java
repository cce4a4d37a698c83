package io.orquestrax.server.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which node should own which partition, as a pure function of the nodes: each pair of both has a weight of its own, and
 * pairs are taken from the heaviest down while their node has room. Shares differ by one at most; and a node that comes
 * or goes moves little more than its own share, as the weights of all other pairs stay.
 *
 * <p>All nodes must come to the same answer, so a change here is a new level ({@link NodeCard#LEVEL}).
 */
final class Rendezvous {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private record Pair(int partition, int node, long weight) {}

    private Rendezvous() {}

    /**
     * @param nodes ids, in order
     * @return the owner's id by partition; empty where there are no nodes
     */
    static List<String> owners(List<String> nodes, int partitions) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        int[] owners = new int[partitions];
        Arrays.fill(owners, -1);
        int[] shares = new int[nodes.size()];
        int share = partitions / nodes.size();
        int largerShares = partitions % nodes.size();
        for (Pair pair : heaviestFirst(nodes, partitions)) {
            if (owners[pair.partition()] >= 0) {
                continue;
            }
            int present = shares[pair.node()];
            boolean isLarger = present == share && largerShares > 0;
            if (present < share || isLarger) {
                owners[pair.partition()] = pair.node();
                shares[pair.node()]++;
                largerShares -= isLarger ? 1 : 0;
            }
        }
        List<String> ids = new ArrayList<>(partitions);
        for (int owner : owners) {
            ids.add(nodes.get(owner));
        }
        return List.copyOf(ids);
    }

    private static List<Pair> heaviestFirst(List<String> nodes, int partitions) {
        List<Pair> pairs = new ArrayList<>(partitions * nodes.size());
        for (int node = 0; node < nodes.size(); node++) {
            long hash = hash(nodes.get(node));
            for (int partition = 0; partition < partitions; partition++) {
                pairs.add(new Pair(partition, node, mix(hash + partition * 0x9e3779b97f4a7c15L)));
            }
        }
        pairs.sort(Comparator.comparingLong(Pair::weight)
                .reversed()
                .thenComparingInt(Pair::partition)
                .thenComparingInt(Pair::node));
        return pairs;
    }

    private static long hash(String id) {
        long hash = FNV_OFFSET;
        for (byte one : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}

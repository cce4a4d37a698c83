package io.orquestrax.server.job;

import io.orquestrax.server.peer.Peers;
import java.util.HashMap;
import java.util.Map;

/** One line to each other node. Guarded by the dispatcher's lock. */
final class PeerLines {
    private final Map<String, PeerLine> lines = new HashMap<>();
    private final Peers peers;
    private final Serial serial;

    PeerLines(Peers peers, Serial serial) {
        this.peers = peers;
        this.serial = serial;
    }

    PeerLine to(String node) {
        return lines.computeIfAbsent(node, id -> new PeerLine(id, peers, serial));
    }

    void remove(String node) {
        lines.remove(node);
    }
}

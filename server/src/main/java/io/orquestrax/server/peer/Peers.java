package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.live.Subscription;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The other nodes of the cluster, as far as this one has a link to them. Its methods return at once. */
public interface Peers {

    /** Ids of the nodes that can be told something now. */
    Set<String> linked();

    /**
     * Fails with {@link PeerLostException}, or as overloaded where too much waits to be sent to the node. Completes on a
     * thread of the link, which must not be held.
     */
    CompletableFuture<Response> call(String node, Request request);

    /**
     * In the order in which they are told; what a node without a link is told is dropped. A node that takes nothing for
     * so long that too much waits for it loses its link, and is told so as of any other that broke.
     */
    void tell(String node, Notice notice);

    /**
     * As {@link #tell(String, Notice)}, but a node for which much waits is told only the substitute, once for all that
     * was left out since.
     */
    default void tell(String node, Notice notice, Notice substitute) {
        tell(node, notice);
    }

    /** All that are linked. */
    default void tellAll(Notice notice) {
        linked().forEach(node -> tell(node, notice));
    }

    /** Tells of links that come and go; a watcher is told of the present ones first. */
    Subscription watch(Watcher watcher);

    /** Called by one thread at a time a node: it must hand over and return. */
    interface Watcher {
        /** What was told before, over an earlier link, may not have come. */
        void linked(String node);

        void lost(String node);
    }

    /** Answers what other nodes ask. */
    @FunctionalInterface
    interface Responder {
        /** Returns at once. */
        CompletableFuture<Response> answer(String node, Request request);
    }

    /** Takes what other nodes tell. */
    @FunctionalInterface
    interface Listener {
        /** Returns at once; called in the order in which the node told. */
        void told(String node, Notice notice);
    }

    void respond(Request.RequestCase kind, Responder responder);

    void listen(Notice.NoticeCase kind, Listener listener);
}

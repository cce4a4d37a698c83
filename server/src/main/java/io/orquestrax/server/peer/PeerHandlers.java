package io.orquestrax.server.peer;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node does with what others ask and tell. */
final class PeerHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(PeerHandlers.class);

    private final Map<Request.RequestCase, Peers.Responder> responders = new ConcurrentHashMap<>();
    private final Map<Notice.NoticeCase, Peers.Listener> listeners = new ConcurrentHashMap<>();

    void respond(Request.RequestCase kind, Peers.Responder responder) {
        if (responders.putIfAbsent(kind, responder) != null) {
            throw new IllegalStateException("Expected one responder for " + kind + ", but there are two");
        }
    }

    void listen(Notice.NoticeCase kind, Peers.Listener listener) {
        if (listeners.putIfAbsent(kind, listener) != null) {
            throw new IllegalStateException("Expected one listener for " + kind + ", but there are two");
        }
    }

    /** Completes in any case: a failure is an answer too. */
    CompletableFuture<Response> answer(String node, Request request) {
        Peers.Responder responder = responders.get(request.getRequestCase());
        if (responder == null) {
            return CompletableFuture.completedFuture(Failures.response(new ServiceException(
                    ErrorCode.INVALID_REQUEST,
                    "Expected a request that this version knows, but node " + node + " sent another kind.")));
        }
        try {
            return responder.answer(node, request).exceptionally(Failures::response);
        } catch (RuntimeException failed) {
            return CompletableFuture.completedFuture(Failures.response(failed));
        }
    }

    void hear(String node, Notice notice) {
        Peers.Listener listener = listeners.get(notice.getNoticeCase());
        if (listener == null) {
            LOG.debug("Node {} tells of {}, which this one does not know", node, notice.getNoticeCase());
            return;
        }
        try {
            listener.told(node, notice);
        } catch (RuntimeException bug) {
            LOG.error("What node {} told of {} could not be handled", node, notice.getNoticeCase(), bug);
        }
    }
}

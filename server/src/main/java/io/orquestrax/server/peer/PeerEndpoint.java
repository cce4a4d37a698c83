package io.orquestrax.server.peer;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orquestrax.protocol.cluster.v1.Frame;
import io.orquestrax.protocol.cluster.v1.Greeting;
import io.orquestrax.protocol.cluster.v1.PeerServiceGrpc;
import io.orquestrax.server.stream.Lane;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Takes the links that other nodes open. Runs on the event loop: each link hands over to a lane of its own. */
final class PeerEndpoint extends PeerServiceGrpc.PeerServiceImplBase {
    private final Greeting greeting;
    private final PeerHandlers handlers;
    private final LinkLimits limits;
    private final Executor executor;
    private final Map<String, IncomingLink> links = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    PeerEndpoint(Greeting greeting, PeerHandlers handlers, LinkLimits limits, Executor executor) {
        this.greeting = greeting;
        this.handlers = handlers;
        this.limits = limits;
        this.executor = executor;
    }

    @Override
    public StreamObserver<Frame> link(StreamObserver<Frame> responses) {
        ServiceRequestContext context = ServiceRequestContext.current();
        // A link lasts as long as both nodes.
        context.clearRequestTimeout();
        context.setMaxRequestLength(0);
        IncomingLink link =
                new IncomingLink(this, (ServerCallStreamObserver<Frame>) responses, limits, new Lane(executor));
        link.open();
        return link;
    }

    Greeting greeting() {
        return greeting;
    }

    PeerHandlers handlers() {
        return handlers;
    }

    /** Nothing of an earlier link of the node is handled from now on. */
    void opened(String node, IncomingLink link) {
        IncomingLink before = links.put(node, link);
        if (before != null) {
            before.replaced();
        }
    }

    void ended(String node, IncomingLink link) {
        links.remove(node, link);
    }

    /** Links that come later, over connections that are still there, are to be turned away. */
    boolean isClosed() {
        return isClosed;
    }

    void close() {
        isClosed = true;
        links.values().forEach(IncomingLink::close);
    }
}

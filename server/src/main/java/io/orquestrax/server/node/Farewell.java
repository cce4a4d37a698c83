package io.orquestrax.server.node;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends callers to another node while this one stops, and knows when the last of them has its answer.
 *
 * <p>From {@link #begin} on, a connection that brings a request is asked to end when what is under way on it has been
 * answered. {@link #say} asks all the others too. Both come before the server itself is stopped, since a server that
 * stops cuts the calls of a connection as soon as its drain is over, answered or not.
 */
final class Farewell implements DecoratingHttpServiceFunction {
    /** For requests that are on their way already. */
    static final Duration DRAIN = Duration.ofMillis(100);

    /** So long a connection that cannot be told, and on which nothing is under way, may bring its last request. */
    private static final Duration LAST_USE = Duration.ofMillis(300);

    /** What a page's stream, or a worker who knows no other node, may hold up a stop. */
    private static final Duration LONGEST_STREAM = Duration.ofSeconds(2);

    private static final Duration LOOKS_AGAIN = Duration.ofMillis(50);

    private final Set<Channel> doors = ConcurrentHashMap.newKeySet();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final Set<ServiceRequestContext> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean stopping;
    private volatile long beganNanos;

    /** To be called once, for the server whose callers are meant. */
    void attend(ServerBuilder server) {
        server.decorator(this);
        server.connectionDrainDuration(DRAIN);
        server.childChannelPipelineCustomizer(pipeline -> opened(pipeline.channel()));
    }

    /** Callers are served as before, and sent away with their answers. */
    void begin() {
        beganNanos = System.nanoTime();
        stopping = true;
    }

    /**
     * Accepts no connection any more, and returns when every call is answered and every connection that can be told has
     * ended, or when the limit is over.
     */
    void say(Duration limit) throws InterruptedException {
        long saidNanos = System.nanoTime();
        doors.forEach(Channel::close);
        connections.stream().filter(Farewell::canBeTold).forEach(Channel::close);
        lock.lock();
        try {
            while (!isOver(saidNanos) && System.nanoTime() - saidNanos < limit.toNanos()) {
                var _ = changed.await(LOOKS_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cuts what is left: a connection that was asked to end waits for its last stream, and some streams have no end. */
    void end() {
        for (Channel connection : connections) {
            ChannelHandlerContext told = connection.pipeline().context(Http2ConnectionHandler.class);
            if (told == null) {
                connection.close();
            } else {
                told.close();
            }
        }
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (stopping) {
            var _ = context.initiateConnectionShutdown(DRAIN);
        }
        underWay.add(context);
        var _ = context.log().whenComplete().thenRun(() -> {
            underWay.remove(context);
            lookAgain();
        });
        return delegate.serve(context, request);
    }

    private void opened(Channel connection) {
        doors.add(connection.parent());
        connections.add(connection);
        connection.closeFuture().addListener(closed -> {
            connections.remove(connection);
            lookAgain();
        });
    }

    private boolean isOver(long saidNanos) {
        if (underWay.stream().anyMatch(call -> !isStream(call))) {
            return false;
        }
        if (System.nanoTime() - saidNanos >= LONGEST_STREAM.toNanos()) {
            return true;
        }
        boolean isUsedNoMore = connections.isEmpty() || System.nanoTime() - beganNanos >= LAST_USE.toNanos();
        return underWay.isEmpty() && isUsedNoMore && connections.stream().noneMatch(Farewell::canBeTold);
    }

    /** HTTP/1.1 has no word for it but the answer to the next request. */
    private static boolean canBeTold(Channel connection) {
        return connection.pipeline().get(Http2ConnectionHandler.class) != null;
    }

    /** Only what has no end of its own is served without a limit of time. */
    private static boolean isStream(ServiceRequestContext call) {
        return call.requestTimeoutMillis() == 0;
    }

    private void lookAgain() {
        if (stopping) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}

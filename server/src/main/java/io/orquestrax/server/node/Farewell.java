package io.orquestrax.server.node;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.orquestrax.server.api.EndlessCall;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends callers to another node while this one stops, and knows when the last of them has its answer.
 *
 * <p>From {@link #begin} on, a connection on which something is under way, or that brings a request, is asked to end when
 * that has been answered. {@link #say} asks all others that can be asked: HTTP/1.1 has no word for it but the answer to a
 * request, and so its connections stay open for a while, in case that one comes. Both come before the server itself is
 * stopped, since a server that stops cuts the calls of a connection as soon as its drain is over, answered or not.
 */
final class Farewell implements DecoratingHttpServiceFunction {
    /** For requests that are on their way already. */
    static final Duration DRAIN = Duration.ofMillis(100);

    /**
     * Longer than clients and load balancers keep connections that they do not use, so that it is they who end them: a
     * request that crosses the end of its connection fails.
     */
    static final Duration LONGEST_IDLE = Duration.ofMinutes(11);

    /** What a page's stream, or a worker that does not go where it was told to, may hold up a stop. */
    private static final Duration LONGEST_STREAM = Duration.ofSeconds(2);

    private static final Duration LOOKS_AGAIN = Duration.ofMillis(50);

    private final Duration linger;
    private final Set<Channel> doors = ConcurrentHashMap.newKeySet();
    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final Set<ServiceRequestContext> underWay = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean stopping;
    private volatile long beganNanos;

    /**
     * @param linger how long after the beginning a connection that can only be told by an answer may bring its last
     *     request
     */
    Farewell(Duration linger) {
        this.linger = linger;
    }

    /** To be called once, for the server whose callers are meant. */
    void attend(ServerBuilder server) {
        server.decorator(this);
        server.connectionDrainDuration(DRAIN);
        server.idleTimeout(LONGEST_IDLE);
        server.childChannelPipelineCustomizer(pipeline -> opened(pipeline.channel()));
    }

    /** Callers are served as before, and sent away with their answers. */
    void begin() {
        beganNanos = System.nanoTime();
        stopping = true;
        underWay.forEach(call -> call.eventLoop().execute(() -> sendAway(call)));
    }

    /**
     * Accepts no connection any more, and returns when every call is answered, or when the limit is over.
     *
     * @param isAlone whether callers have nowhere to go: then nobody is waited for who has not called
     */
    void say(boolean isAlone, Duration limit) throws InterruptedException {
        long saidNanos = System.nanoTime();
        doors.forEach(Channel::close);
        connections.stream().filter(Farewell::canBeTold).forEach(Channel::close);
        lock.lock();
        try {
            while (System.nanoTime() - saidNanos < limit.toNanos()) {
                if (isAlone || System.nanoTime() - beganNanos >= linger.toNanos()) {
                    connections.forEach(this::endIfIdle);
                }
                if (isOver(isAlone, saidNanos)) {
                    return;
                }
                var _ = changed.await(LOOKS_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cuts what is left: a connection that was asked to end waits for its last stream, and some streams have no end.
     * Returns when no connection is open, or when the limit is over.
     */
    void end(Duration limit) throws InterruptedException {
        for (Channel connection : connections) {
            ChannelHandlerContext told = connection.pipeline().context(Http2ConnectionHandler.class);
            if (told == null) {
                connection.close();
            } else {
                told.close();
            }
        }
        long endNanos = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (!connections.isEmpty() && System.nanoTime() - endNanos < 0) {
                var _ = changed.await(LOOKS_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        underWay.add(context);
        if (stopping) {
            sendAway(context);
        }
        var _ = context.log().whenComplete().thenRun(() -> {
            underWay.remove(context);
            lookAgain();
        });
        return delegate.serve(context, request);
    }

    /** With its answer: one that has begun cannot say it any more, and its connection waits for another. */
    private static void sendAway(ServiceRequestContext call) {
        if (!call.log().isAvailable(RequestLogProperty.RESPONSE_HEADERS)) {
            var _ = call.initiateConnectionShutdown(DRAIN);
        }
    }

    private void opened(Channel connection) {
        doors.add(connection.parent());
        connections.add(connection);
        connection.closeFuture().addListener(closed -> {
            connections.remove(connection);
            lookAgain();
        });
    }

    /** Where a call has just come, its answer ends the connection. */
    private void endIfIdle(Channel connection) {
        if (!canBeTold(connection)) {
            connection.eventLoop().execute(() -> {
                if (isUnused(connection)) {
                    connection.close();
                }
            });
        }
    }

    private boolean isOver(boolean isAlone, long saidNanos) {
        if (underWay.stream().anyMatch(call -> !EndlessCall.is(call))) {
            return false;
        }
        boolean isLong = System.nanoTime() - saidNanos >= LONGEST_STREAM.toNanos();
        return connections.stream()
                .allMatch(connection -> isUnused(connection) ? isLong && canBeTold(connection) : isAlone || isLong);
    }

    private boolean isUnused(Channel connection) {
        return underWay.stream()
                .noneMatch(call -> connection.equals(call.log().partial().channel()));
    }

    private static boolean canBeTold(Channel connection) {
        return connection.pipeline().get(Http2ConnectionHandler.class) != null;
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

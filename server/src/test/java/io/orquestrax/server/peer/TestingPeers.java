package io.orquestrax.server.peer;

import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.cluster.v1.Notice;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The peers of one node of a {@link TestingNetwork} or a {@link ShuffledNetwork}. */
public final class TestingPeers implements Peers {
    private final TestingWires network;
    private final String self;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<Request.RequestCase, Responder> responders = new EnumMap<>(Request.RequestCase.class);
    private final Map<Notice.NoticeCase, Listener> listeners = new EnumMap<>(Notice.NoticeCase.class);
    private final Map<String, Set<CompletableFuture<Response>>> pending = new HashMap<>();
    private final Set<String> toldLinked = new HashSet<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean isFull;

    TestingPeers(TestingWires network, String self) {
        this.network = network;
        this.self = self;
    }

    @Override
    public Set<String> linked() {
        return network.linkedTo(self);
    }

    @Override
    public CompletableFuture<Response> call(String node, Request request) {
        if (isFull) {
            refusals.incrementAndGet();
            return CompletableFuture.failedFuture(new ServiceException(ErrorCode.OVERLOADED, "Too much waits."));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        synchronized (pending) {
            pending.computeIfAbsent(node, id -> new LinkedHashSet<>()).add(answer);
        }
        if (!network.send(self, node, () -> network.find(node).ask(self, request, answer))) {
            forget(node, answer);
            return TestingWires.lost(node, false);
        }
        return answer;
    }

    @Override
    public void tell(String node, Notice notice) {
        network.send(self, node, () -> network.find(node).hear(self, notice));
    }

    @Override
    public Subscription watch(Watcher watcher) {
        network.later(self, () -> {
            watchers.add(watcher);
            toldLinked.forEach(watcher::linked);
        });
        return () -> watchers.remove(watcher);
    }

    @Override
    public void respond(Request.RequestCase kind, Responder responder) {
        synchronized (responders) {
            responders.put(kind, responder);
        }
    }

    @Override
    public void listen(Notice.NoticeCase kind, Listener listener) {
        synchronized (listeners) {
            listeners.put(kind, listener);
        }
    }

    /** Whether what waits to be sent is too much for one more request. */
    void setFull(boolean isFull) {
        this.isFull = isFull;
    }

    /** How many requests were not taken. */
    int refusals() {
        return refusals.get();
    }

    void link(String other) {
        if (toldLinked.add(other)) {
            watchers.forEach(watcher -> watcher.linked(other));
        }
    }

    /** What was asked over a link that is no more. */
    void failUnanswered(String other) {
        List<CompletableFuture<Response>> unanswered;
        synchronized (pending) {
            unanswered = new ArrayList<>(pending.getOrDefault(other, Set.of()));
            pending.remove(other);
        }
        unanswered.forEach(answer -> answer.completeExceptionally(new PeerLostException(other, true)));
    }

    void lose(String other) {
        if (toldLinked.remove(other)) {
            watchers.forEach(watcher -> watcher.lost(other));
        }
    }

    private void ask(String from, Request request, CompletableFuture<Response> answer) {
        Responder responder;
        synchronized (responders) {
            responder = responders.get(request.getRequestCase());
        }
        if (responder == null) {
            throw new AssertionError("Expected " + self + " to answer " + request.getRequestCase());
        }
        long link = network.linkNumber(from, self);
        var _ = responder
                .answer(from, request)
                .thenAccept(response -> network.answer(self, from, link, () -> {
                    network.find(from).forget(self, answer);
                    answer.complete(response);
                }));
    }

    private void hear(String from, Notice notice) {
        Listener listener;
        synchronized (listeners) {
            listener = listeners.get(notice.getNoticeCase());
        }
        if (listener != null) {
            listener.told(from, notice);
        }
    }

    private void forget(String node, CompletableFuture<Response> answer) {
        synchronized (pending) {
            pending.getOrDefault(node, Set.of()).remove(answer);
        }
    }
}

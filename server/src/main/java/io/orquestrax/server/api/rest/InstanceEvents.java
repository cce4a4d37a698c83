package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.EndlessCall;
import io.orquestrax.server.api.InstanceView;
import io.orquestrax.server.api.InstanceWatch;
import io.orquestrax.server.api.InstanceWatches;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An instance as a stream of server-sent events: {@code change} with the instance and its steps, at first and after each
 * commit; {@code closed} at the end, after which a reader must not connect again.
 */
final class InstanceEvents {
    private static final MediaType EVENT_STREAM = MediaType.create("text", "event-stream");
    private static final long HEARTBEAT_SECONDS = 15;

    private final InstanceWatches watches;

    InstanceEvents(InstanceWatches watches) {
        this.watches = watches;
    }

    List<RestRoute> all() {
        return List.of(new RestRoute(HttpMethod.GET, "/instances/{id}/events", Set.of(), this::stream));
    }

    private CompletionStage<HttpResponse> stream(RestExchange exchange) {
        exchange.requireAccepts(EVENT_STREAM);
        UUID id = exchange.instanceId();
        // An unknown instance is a problem, not a stream.
        var _ = watches.orchestration().instance(exchange.caller(), id);
        ServiceRequestContext context = exchange.context();
        EndlessCall.begin(context);
        HttpResponseWriter response = HttpResponse.streaming();
        response.write(Answers.headers(HttpStatus.OK, EVENT_STREAM).build());
        EventSink sink = new EventSink(response);
        InstanceWatch watch = watches.open(exchange.caller(), id, context.blockingTaskExecutor(), sink);
        sink.whenReady(watch::signal);
        ScheduledFuture<?> heartbeat = context.eventLoop()
                .scheduleAtFixedRate(
                        () -> {
                            sink.comment();
                            watch.refresh();
                        },
                        HEARTBEAT_SECONDS,
                        HEARTBEAT_SECONDS,
                        TimeUnit.SECONDS);
        var _ = response.whenComplete().handle((done, failure) -> {
            heartbeat.cancel(false);
            watch.close();
            return null;
        });
        return CompletableFuture.completedFuture(response);
    }

    /** Writes one view at a time: the next one when the connection has taken the last. */
    private static final class EventSink implements InstanceWatch.Sink {
        private final HttpResponseWriter response;
        private volatile boolean ready;
        private volatile Runnable onReady = () -> {};

        EventSink(HttpResponseWriter response) {
            this.response = response;
        }

        void whenReady(Runnable listener) {
            onReady = listener;
            becomeReadyOnceConsumed();
        }

        /** Keeps proxies from taking the silence for the end. */
        void comment() {
            if (ready) {
                var _ = response.tryWrite(HttpData.ofUtf8(": still here\n\n"));
            }
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void send(InstanceView view) {
            ready = false;
            if (write("change", Json.write(ResourceJson.view(view)))) {
                becomeReadyOnceConsumed();
            }
        }

        @Override
        public void end() {
            write("closed", "{}");
            response.close();
        }

        @Override
        public void fail(Throwable failure) {
            response.close(failure);
        }

        private boolean write(String event, String data) {
            StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
            data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
            return response.tryWrite(HttpData.ofUtf8(text.append('\n').toString()));
        }

        private void becomeReadyOnceConsumed() {
            var _ = response.whenConsumed().thenRun(() -> {
                ready = true;
                onReady.run();
            });
        }
    }
}

package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.streaming.ServerSentEvents;
import io.orquestrax.server.api.EndlessCall;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of all pages that somebody looks at. */
public final class LiveStreams {
    private static final ResponseHeaders HEADERS = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            // A proxy that collects answers before it hands them on would make the page anything but live.
            .set("x-accel-buffering", "no")
            .build();

    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final Duration beat;

    /**
     * @param beat how often a page hears that its connection is there
     */
    public LiveStreams(Clock clock, Duration beat) {
        this.clock = clock;
        this.beat = beat;
    }

    HttpService service(LiveSource source) {
        return (context, request) -> serve(source, context, request);
    }

    /** For a node that stops: pages come back by themselves, to it or to another. */
    public void closeAll() {
        open.forEach(LiveStream::close);
    }

    private HttpResponse serve(LiveSource source, ServiceRequestContext context, HttpRequest request) {
        EndlessCall.begin(context);
        return HttpResponse.of(
                CompletableFuture.supplyAsync(() -> open(source, context), context.blockingTaskExecutor()));
    }

    private HttpResponse open(LiveSource source, ServiceRequestContext context) {
        LiveStream stream = new LiveStream(context, beat);
        LiveView view;
        try {
            view = source.open(new PageRequest(context, QueryParams.of(), clock.instant()), stream::changed);
        } catch (ServiceException refused) {
            return HttpResponse.of(
                    HttpStatus.valueOf(refused.code().httpStatus()), MediaType.PLAIN_TEXT_UTF_8, refused.detail());
        }
        open.add(stream);
        var unused = context.log().whenComplete().thenRun(() -> {
            stream.close();
            open.remove(stream);
        });
        HttpResponse response = ServerSentEvents.fromPublisher(HEADERS, stream.events());
        stream.begin(view);
        return response;
    }
}

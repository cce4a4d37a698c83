package io.orquestrax.dashboard.web;

import com.linecorp.armeria.common.sse.ServerSentEvent;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.stream.StreamWriter;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page's connection.
 *
 * <p>Whatever happens in between, the page is looked at again only after a pause, and after the browser has taken what
 * was sent before: neither a busy instance nor a slow reader makes work pile up.
 */
final class LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    /** A page that is slow to make may take this part of the time, and no more. */
    private static final int SHARE = 5;

    private final ServiceRequestContext context;
    private final Duration beat;
    private final StreamWriter<ServerSentEvent> events = StreamMessage.streaming();
    private @Nullable LiveView view;
    private @Nullable ScheduledFuture<?> beats;
    private @Nullable ScheduledFuture<?> putOff;
    private boolean isLooking;
    private boolean isStale;
    private boolean isClosed;

    /**
     * @param beat how often it is said that the connection is there
     */
    LiveStream(ServiceRequestContext context, Duration beat) {
        this.context = context;
        this.beat = beat;
    }

    Publisher<ServerSentEvent> events() {
        return events;
    }

    /** Looks at the view for the first time, and from then on whenever it may have changed. */
    void begin(LiveView opened) {
        synchronized (this) {
            if (isClosed) {
                opened.close();
                return;
            }
            view = opened;
            beats = context.eventLoop()
                    .withoutContext()
                    .scheduleAtFixedRate(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
        }
        events.whenComplete().whenComplete((done, failure) -> close());
        changed();
    }

    /** Something may have changed. Returns at once. */
    void changed() {
        synchronized (this) {
            isStale = true;
            if (isClosed || isLooking || view == null) {
                return;
            }
            isLooking = true;
        }
        context.blockingTaskExecutor().execute(this::look);
    }

    void close() {
        LiveView ended;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            ended = view;
            cancel(beats);
            cancel(putOff);
        }
        if (ended != null) {
            ended.close();
        }
        events.close();
    }

    private void look() {
        LiveView looked;
        synchronized (this) {
            if (isClosed || view == null) {
                return;
            }
            looked = view;
            isStale = false;
            cancel(putOff);
        }
        long begun = System.nanoTime();
        String html;
        try {
            html = looked.changes();
        } catch (ServiceException gone) {
            close();
            return;
        } catch (RuntimeException failure) {
            LOG.warn("A live page failed and will be opened again: {}", context.path(), failure);
            close();
            return;
        }
        long pause =
                Math.max(looked.pause().toMillis(), SHARE * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        if (html.isEmpty()
                || write(ServerSentEvent.builder()
                        .event("update")
                        .data(lines(html))
                        .build())) {
            var unused = events.whenConsumed()
                    .thenRun(() ->
                            context.eventLoop().withoutContext().schedule(this::rested, pause, TimeUnit.MILLISECONDS));
        }
    }

    /**
     * A browser takes one space off each line, which indented text would miss, and ends a line at a lone CR, where the
     * rest of a user's text would be read as a field of the stream.
     */
    private static String lines(String html) {
        return " " + html.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\n ");
    }

    private void rested() {
        synchronized (this) {
            isLooking = false;
            if (!isStale) {
                awaitPutOff();
                return;
            }
        }
        changed();
    }

    private void awaitPutOff() {
        Duration due = isClosed || view == null ? Duration.ZERO : view.putOff();
        if (due.isPositive()) {
            putOff =
                    context.eventLoop().withoutContext().schedule(this::changed, due.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void cancel(@Nullable ScheduledFuture<?> scheduled) {
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    private void beat() {
        write(ServerSentEvent.builder().event("beat").data("·").build());
    }

    private boolean write(ServerSentEvent event) {
        return events.tryWrite(event);
    }
}

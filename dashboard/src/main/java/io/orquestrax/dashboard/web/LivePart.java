package io.orquestrax.dashboard.web;

import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.live.Subscription;
import io.orquestrax.server.orchestration.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that is read as a whole: at once after a change at this node, and now and then for those at others.
 *
 * @param <P> what the part shows; compared with what was sent last
 */
public final class LivePart<P> implements LiveView {
    private static final Duration CHANGES_ELSEWHERE = Duration.ofSeconds(2);

    private static final int NOT_FOUND = 404;

    private final Supplier<P> reader;
    private final String template;
    private final Frames frames;
    private final Subscription subscription;
    private @Nullable P sent;

    /**
     * @param template takes {@code page}, {@code now} and {@code isLive}
     */
    public LivePart(Supplier<P> reader, String template, ChangeFeed feed, Frames frames, Runnable changed) {
        this.reader = reader;
        this.template = template;
        this.frames = frames;
        this.subscription = feed.watch(changed);
    }

    @Override
    public String changes() {
        P page;
        try {
            page = reader.get();
        } catch (ServiceException gone) {
            if (gone.code().httpStatus() != NOT_FOUND) {
                throw gone;
            }
            // What is looked at was removed meanwhile: it stays as it was last, for the connection is not lost.
            return "";
        }
        if (page.equals(sent)) {
            return "";
        }
        sent = page;
        return frames.part(template, Map.of("page", page, "now", Instant.now(), "isLive", true));
    }

    @Override
    public Duration putOff() {
        return CHANGES_ELSEWHERE;
    }

    @Override
    public void close() {
        subscription.close();
    }
}

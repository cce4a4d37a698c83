package io.orquestrax.server.connector.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads server-sent events (WHATWG HTML, section 9.2) while they come; only their data matters here. */
public final class EventStream implements BodyEnd {
    private final Predicate<String> isLast;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean isAfterReturn;

    /**
     * @param isLast takes the data of an event, and says whether more is wanted of the stream
     */
    public EventStream(Predicate<String> isLast) {
        this.isLast = isLast;
    }

    @Override
    public boolean isReached(byte[] buffer, int count) {
        for (int index = 0; index < count; index++) {
            if (take(buffer[index])) {
                return true;
            }
        }
        return false;
    }

    private boolean take(byte next) {
        boolean isLineFeedOfPair = isAfterReturn && next == '\n';
        isAfterReturn = next == '\r';
        if (isLineFeedOfPair) {
            return false;
        }
        if (next != '\n' && next != '\r') {
            line.write(next);
            return false;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return line(text);
    }

    private boolean line(String text) {
        if (text.isEmpty()) {
            return dispatch();
        }
        if (text.startsWith("data:")) {
            data.append(hasData ? "\n" : "").append(text.substring(text.startsWith("data: ") ? 6 : 5));
            hasData = true;
        }
        return false;
    }

    private boolean dispatch() {
        boolean isEnd = hasData && isLast.test(data.toString());
        data.setLength(0);
        hasData = false;
        return isEnd;
    }
}

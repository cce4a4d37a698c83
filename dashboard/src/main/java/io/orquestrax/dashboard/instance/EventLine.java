package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.store.instance.EventRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the history.
 *
 * @param step name of the task; null for events of the instance itself
 */
public record EventLine(
        long sequence,
        Instant time,
        String type,
        @Nullable String step,
        @Nullable String task,
        int attempt,
        @Nullable JsonView data) {

    static EventLine of(EventRow row) {
        String task = row.task();
        return new EventLine(
                row.sequence(),
                row.time(),
                row.type(),
                task == null ? null : name(task),
                task,
                row.attempt(),
                row.data().equals("{}")
                        ? null
                        : JsonView.ofText(row.data(), Address.rawHistory(row.instance(), row.sequence() - 1)));
    }

    /** Of the type's words: {@code InstanceStarted} reads "Instance started". */
    public String words() {
        String spaced = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return spaced.isEmpty() ? type : spaced.charAt(0) + spaced.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    /** The last part of the pointer, unescaped (RFC 6901). */
    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}

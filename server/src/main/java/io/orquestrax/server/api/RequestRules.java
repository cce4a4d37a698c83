package io.orquestrax.server.api;

import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What both doors demand of the values of a request. */
public final class RequestRules {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private RequestRules() {}

    /**
     * @throws ServiceException {@code invalid-id}
     */
    public static UUID instanceId(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new ServiceException(
                    ErrorCode.INVALID_ID, "Expected the id of an instance (a UUID), but got \"" + shorten(text) + "\"");
        }
        return UUID.fromString(text);
    }

    /**
     * @param texts lower case, as {@link Status#text()}
     */
    public static Set<Status> statuses(Iterable<String> texts) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        for (String text : texts) {
            statuses.add(status(text));
        }
        return statuses;
    }

    private static Status status(String text) {
        for (Status status : Status.values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        String allowed = Arrays.stream(Status.values()).map(Status::text).collect(Collectors.joining(", "));
        throw RequestReader.invalid("Expected a status (" + allowed + "), but got \"" + shorten(text) + "\"");
    }

    /** The size asked for, or the default where none is. */
    public static int pageSize(@Nullable Integer asked, int defaultSize, int most) {
        if (asked == null) {
            return defaultSize;
        }
        if (asked < 1 || asked > most) {
            throw RequestReader.invalid("Expected a page size from 1 to " + most + ", but got " + asked);
        }
        return asked;
    }

    /** Keys are unique and indexed: not empty, not endless. */
    public static void requireKey(String key) {
        if (key.isEmpty()) {
            throw RequestReader.invalid("Expected at least one character at /key, but it is empty");
        }
        RequestReader.requireText(key, "/key");
        RequestReader.requireLength(key, Limits.KEY_LENGTH, "/key");
    }

    public static void requireTags(Map<String, String> tags) {
        if (tags.size() > Limits.TAGS) {
            throw RequestReader.invalid("Expected at most " + Limits.TAGS + " tags at /tags, but got " + tags.size());
        }
        tags.forEach((name, value) -> {
            RequestReader.requireText(name, "/tags");
            RequestReader.requireText(value, "/tags");
            RequestReader.requireLength(name, Limits.TAG_NAME_LENGTH, "/tags");
            RequestReader.requireLength(value, Limits.TAG_VALUE_LENGTH, "/tags");
        });
    }

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}

package io.orquestrax.server.api;

import io.orquestrax.engine.Status;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.instance.InstanceFilter;
import java.util.Arrays;
import java.util.EnumSet;
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

    /** A list reads one range of an index. */
    public static InstanceFilter check(InstanceFilter filter) {
        if (filter.key() != null && filter.parent() != null) {
            throw RequestReader.invalid("Expected a key or a parent, but got both");
        }
        return filter;
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

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}

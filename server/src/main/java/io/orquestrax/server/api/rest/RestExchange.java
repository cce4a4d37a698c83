package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.api.RequestRules;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call: what it asks, read with good messages. */
record RestExchange(ServiceRequestContext context, AggregatedHttpRequest request) {
    private static final Set<String> JSON = Set.of("application/json");
    private static final Set<String> DOCUMENTS = Set.of(
            "application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml", "text/plain", "application/json");

    Caller caller() {
        return Caller.ANONYMOUS;
    }

    UUID instanceId() {
        return RequestRules.instanceId(path("id"));
    }

    String path(String parameter) {
        return RequestReader.requireText(
                Objects.requireNonNull(context.pathParam(parameter), parameter), parameter + " in the path");
    }

    /** The parameter of the query string, if there; refuses a second one. */
    Optional<String> query(String name) {
        List<String> values = context.queryParams(name);
        if (values.size() > 1) {
            throw RequestReader.invalid("Expected one query parameter " + name + ", but there are " + values.size());
        }
        return values.stream().findFirst().map(value -> RequestReader.requireText(value, "query parameter " + name));
    }

    /** All values of a parameter that may repeat, or hold many with commas between. */
    List<String> queryList(String name) {
        return context.queryParams(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    Optional<Duration> queryDuration(String name) {
        return query(name).map(text -> RequestReader.duration(text, "in query parameter " + name));
    }

    int pageSize(int defaultSize, int most) {
        return RequestRules.pageSize(
                query("pageSize").map(RestExchange::integer).orElse(null), defaultSize, most);
    }

    @Nullable
    String pageToken() {
        return query("pageToken").filter(token -> !token.isEmpty()).orElse(null);
    }

    void requireKnownQuery(Set<String> known) {
        for (String name : context.queryParams().names()) {
            if (!known.contains(name)) {
                throw RequestReader.invalid("Expected "
                        + (known.isEmpty()
                                ? "no query parameter"
                                : "no query parameter but "
                                        + known.stream().sorted().collect(Collectors.joining(", ")))
                        + ", but got \"" + name + "\"");
            }
        }
    }

    /** The body as a JSON object. */
    RequestReader body() {
        requireContentType(JSON);
        return RequestReader.of(bytes());
    }

    /** As {@link #body}, where no body at all is as good as an empty object. */
    RequestReader optionalBody() {
        if (request.content().isEmpty()) {
            return RequestReader.ofOptional(new byte[0]);
        }
        return body();
    }

    /** For who reads the body himself. */
    void requireJson() {
        requireContentType(JSON);
    }

    /** By name in lower case, several of one name joined. */
    Map<String, String> allHeaders() {
        Map<String, String> all = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (!name.toString().startsWith(":")) {
                all.merge(name.toString(), value, (first, next) -> first + ", " + next);
            }
        });
        return all;
    }

    /** The first value of each parameter. */
    Map<String, String> allQuery() {
        Map<String, String> all = new TreeMap<>();
        context.queryParams().forEach(all::putIfAbsent);
        return all;
    }

    /** The body as the text of a definition. */
    byte[] document() {
        requireContentType(DOCUMENTS);
        return bytes();
    }

    /** The body as it came, whatever it is. */
    byte[] rawBody() {
        return bytes();
    }

    /** Of the body, without parameters; empty where the request says none that is one. */
    Optional<String> mediaType() {
        return Optional.ofNullable(contentType()).map(MediaType::nameWithoutParameters);
    }

    /** As the request has it. */
    Optional<String> contentTypeText() {
        return Optional.ofNullable(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
    }

    /** The headers whose names begin so, by whole name; refuses one that is there twice. */
    Map<String, String> headersWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (name.toString().startsWith(prefix) && found.put(name.toString(), value) != null) {
                throw RequestReader.invalid("Expected one header " + name + ", but there are more");
            }
        });
        return found;
    }

    /** Whether the answer may have this media type. */
    boolean accepts(MediaType produced) {
        List<MediaType> accepted = request.headers().accept();
        return accepted.isEmpty() || accepted.stream().anyMatch(range -> covers(range, produced));
    }

    void requireAccepts(MediaType produced) {
        if (!accepts(produced)) {
            throw new ServiceException(
                    ErrorCode.NOT_ACCEPTABLE,
                    "Expected an Accept header that allows " + produced.nameWithoutParameters() + ", but got \""
                            + String.join(", ", request.headers().getAll(HttpHeaderNames.ACCEPT)) + "\"");
        }
    }

    private static boolean covers(MediaType range, MediaType produced) {
        return (range.type().equals("*") || range.type().equals(produced.type()))
                && (range.subtype().equals("*") || range.subtype().equals(produced.subtype()));
    }

    private void requireContentType(Set<String> allowed) {
        MediaType type = contentType();
        boolean isAllowed = type != null && allowed.contains(type.nameWithoutParameters());
        boolean isUtf8 = type == null || StandardCharsets.UTF_8.equals(type.charset(StandardCharsets.UTF_8));
        if (!isAllowed || !isUtf8) {
            String found = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
            throw new ServiceException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Expected the Content-Type " + allowed.stream().sorted().collect(Collectors.joining(" or "))
                            + " in UTF-8, but got " + (found == null ? "none" : "\"" + found + "\""));
        }
    }

    private @Nullable MediaType contentType() {
        try {
            MediaType type = request.contentType();
            if (type != null) {
                type.charset();
            }
            return type;
        } catch (IllegalArgumentException unknownCharset) {
            return null;
        }
    }

    private byte[] bytes() {
        return request.content().array();
    }

    private static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw RequestReader.invalid(
                    "Expected a whole number in query parameter pageSize, but got \"" + text + "\"");
        }
    }
}

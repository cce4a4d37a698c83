package io.orquestrax.server.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.api.ProblemDetails;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers with the headers that every answer of the API has. */
final class Answers {
    static final MediaType JSON = MediaType.create("application", "json");
    static final MediaType PROBLEM = MediaType.create("application", "problem+json");
    static final MediaType YAML = MediaType.create("application", "yaml").withCharset(StandardCharsets.UTF_8);

    private Answers() {}

    static CompletionStage<HttpResponse> ok(ObjectNode json) {
        return CompletableFuture.completedFuture(json(HttpStatus.OK, json));
    }

    static HttpResponse json(HttpStatus status, ObjectNode json) {
        return of(headers(status, JSON).build(), Json.writeBytes(json));
    }

    static HttpResponse created(String location, ObjectNode json) {
        return of(
                headers(HttpStatus.CREATED, JSON)
                        .set(HttpHeaderNames.LOCATION, location)
                        .build(),
                Json.writeBytes(json));
    }

    static HttpResponse text(MediaType type, byte[] utf8) {
        return of(headers(HttpStatus.OK, type).build(), utf8);
    }

    /**
     * @param path of the request
     * @param allow methods of the path, where another was used
     */
    static AggregatedHttpResponse problem(ProblemDetails problem, @Nullable String path, @Nullable String allow) {
        ResponseHeadersBuilder headers =
                headers(HttpStatus.valueOf(problem.code().httpStatus()), PROBLEM);
        if (allow != null) {
            headers.set(HttpHeaderNames.ALLOW, allow);
        }
        problem.retryAfter().ifPresent(wait -> headers.setLong(HttpHeaderNames.RETRY_AFTER, wait.toSeconds()));
        return AggregatedHttpResponse.of(
                headers.build(), HttpData.wrap(Json.writeBytes(ResourceJson.problem(problem, path))));
    }

    /** Sniffing, framing and caching would each show a payload where it does not belong. */
    static ResponseHeadersBuilder headers(HttpStatus status, MediaType type) {
        return ResponseHeaders.builder(status)
                .contentType(type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'")
                .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer");
    }

    private static HttpResponse of(ResponseHeaders headers, byte[] content) {
        return HttpResponse.of(headers, HttpData.wrap(content));
    }
}

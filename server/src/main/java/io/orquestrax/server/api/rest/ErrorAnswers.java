package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.ProblemDetails;
import io.orquestrax.server.api.grpc.GrpcProblems;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers as problem details (to callers that speak gRPC: as a status) whatever no route has answered: unknown paths, wrong methods, broken HTTP, and any
 * exception that a route of any door lets through.
 *
 * <p>Outside of {@code /api} it leaves browsers, which ask for HTML, to the handler of another door.
 */
public final class ErrorAnswers implements ServerErrorHandler {
    private final List<RestRoute> routes;

    ErrorAnswers(List<RestRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    /** The answer to a call that failed so. */
    public static HttpResponse of(ServiceRequestContext context, Throwable failure) {
        return Answers.problem(ProblemDetails.of(failure), context.path(), null).toHttpResponse();
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        RequestHeaders headers = context.request().headers();
        if (isLeftToOthers(headers, context.path())) {
            return null;
        }
        return answer(ProblemDetails.of(cause), headers, context.path()).toHttpResponse();
    }

    @Override
    public @Nullable AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return answer(ProblemDetails.ofStatus(status.code()), headers, null);
    }

    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        String path = context == null ? null : context.path();
        if (status.code() < 400 || (headers != null && path != null && isLeftToOthers(headers, path))) {
            return null;
        }
        return answer(ProblemDetails.ofStatus(status.code()), headers, path);
    }

    private AggregatedHttpResponse answer(
            ProblemDetails problem, @Nullable RequestHeaders headers, @Nullable String path) {
        if (headers != null && GrpcProblems.isGrpc(headers)) {
            return GrpcProblems.answer(problem);
        }
        String allow = problem.code() == ErrorCode.METHOD_NOT_ALLOWED && path != null ? allowed(path) : null;
        return Answers.problem(problem, path, allow);
    }

    private static boolean isLeftToOthers(RequestHeaders headers, String path) {
        return !path.startsWith("/api/")
                && headers.accept().stream().anyMatch(range -> range.is(MediaType.HTML_UTF_8.withoutParameters()));
    }

    private @Nullable String allowed(String path) {
        TreeSet<String> methods = routes.stream()
                .filter(route -> route.matches(path))
                .flatMap(route -> route.methods().stream())
                .map(HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        return methods.isEmpty() ? null : String.join(", ", methods);
    }
}

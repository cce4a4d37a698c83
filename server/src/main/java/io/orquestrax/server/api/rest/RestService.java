package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.CompletableFuture;

/** Serves one route. */
final class RestService implements HttpService {
    private final RestRoute route;

    RestService(RestRoute route) {
        this.route = route;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        CompletableFuture<HttpResponse> answer = request.aggregate()
                .thenComposeAsync(
                        aggregated -> {
                            RestExchange exchange = new RestExchange(context, aggregated);
                            if (!route.takesAnyQuery()) {
                                exchange.requireKnownQuery(route.queryParameters());
                            }
                            return route.handler().answer(exchange);
                        },
                        context.blockingTaskExecutor())
                .handle((response, failure) -> failure == null ? response : ErrorAnswers.of(context, failure));
        return HttpResponse.of(answer);
    }
}

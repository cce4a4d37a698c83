package io.orquestrax.server.api.rest;

import com.linecorp.armeria.common.HttpResponse;
import java.util.concurrent.CompletionStage;

/** What a route does. Runs on a thread that may block, with the whole body in memory. */
@FunctionalInterface
interface RestHandler {

    CompletionStage<HttpResponse> answer(RestExchange exchange);
}

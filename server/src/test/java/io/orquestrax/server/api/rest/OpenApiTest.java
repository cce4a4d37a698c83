package io.orquestrax.server.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.api.InstanceWatches;
import io.orquestrax.server.live.CommitFeed;
import io.orquestrax.server.live.WorkFeed;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.OrchestrationParts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final JsonNode document = Json.readTrusted(OpenApi.load().jsonText());

    @Test
    void describesEveryRouteAndNoOther() {
        List<String> described = new ArrayList<>();
        document.required("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        Stream<String> ours =
                routes().stream().map(route -> route.method().name() + " " + RestRoute.BASE + route.template());
        Stream<String> others = Stream.of(
                "POST /api/v1/jobs:activate",
                "POST /api/v1/jobs/{id}:complete",
                "POST /api/v1/jobs/{id}:fail",
                "POST /api/v1/jobs/{id}:heartbeat",
                "GET /healthz",
                "GET /readyz",
                "GET /metrics");

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ours, others).toList());
    }

    @Test
    void describesTheQueryParametersOfEveryRoute() {
        for (RestRoute route : routes()) {
            JsonNode operation = document.required("paths")
                    .required(RestRoute.BASE + route.template())
                    .required(route.method().name().toLowerCase(Locale.ROOT));
            List<String> described = new ArrayList<>();
            operation.path("parameters").forEach(parameter -> {
                JsonNode resolved = parameter.has("$ref")
                        ? document.at(parameter.get("$ref").textValue().substring(1))
                        : parameter;
                if (resolved.get("in").textValue().equals("query")) {
                    described.add(resolved.get("name").textValue());
                }
            });
            assertThat(described).as(route.template()).containsExactlyInAnyOrderElementsOf(route.queryParameters());
        }
    }

    @Test
    void describesEveryErrorCode() {
        List<String> described = new ArrayList<>();
        document.at("/components/schemas/ErrorCode/enum").forEach(code -> described.add(code.textValue()));

        assertThat(described)
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList());
    }

    @Test
    void refersToNothingThatIsNotThere() {
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @SuppressWarnings("NullAway") // Nothing is called: the routes alone are looked at.
    private static List<RestRoute> routes() {
        Orchestration absent = new Orchestration(new OrchestrationParts(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, 0, null, null));
        return new RestRoutes(absent, new InstanceWatches(absent, new CommitFeed(), new WorkFeed())).all();
    }
}

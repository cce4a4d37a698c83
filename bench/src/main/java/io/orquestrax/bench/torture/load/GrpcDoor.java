package io.orquestrax.bench.torture.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.bench.torture.load.Acknowledgement.Act;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.sdk.Instance;
import io.orquestrax.sdk.OrquestraxClient;
import io.orquestrax.sdk.OrquestraxException;
import io.orquestrax.sdk.Payload;
import io.orquestrax.sdk.StartRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The SDK's client over gRPC. */
final class GrpcDoor implements Door {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final OrquestraxClient client;

    GrpcDoor(String name, String address) {
        this.name = name;
        this.client = OrquestraxClient.builder(address).deadline(CALL_LIMIT).build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String start(String definition, String key, JsonNode input) {
        StartRequest request =
                StartRequest.of(Scenario.NAMESPACE, definition).withKey(key).withInputJson(Json.write(input));
        return told(() -> client.start(request)).id();
    }

    @Override
    public void act(String instance, Act act) {
        var _ = told(() -> switch (act) {
            case CANCEL -> client.cancel(instance, "torture");
            case SUSPEND -> client.suspend(instance, "torture");
            case RESUME -> client.resume(instance, "torture");
        });
    }

    @Override
    public void publish(JsonNode event) {
        var _ = told(() -> client.publish(List.of(Json.write(event))));
    }

    @Override
    public Optional<End> await(String instance, Duration limit) {
        Instance seen = told(() -> client.await(instance, limit));
        if (!seen.isClosed()) {
            return Optional.empty();
        }
        Optional<JsonNode> output = Optional.ofNullable(seen.output()).map(Payload::tree);
        return Optional.of(new End(seen.status().name().toLowerCase(Locale.ROOT), output));
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (OrquestraxException failed) {
            throw new CallFailure(failed.code(), failed.detail(), failed);
        }
    }
}

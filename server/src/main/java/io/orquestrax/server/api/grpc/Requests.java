package io.orquestrax.server.api.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.protocol.v1.ActOnInstanceRequest;
import io.orquestrax.protocol.v1.DefinitionRef;
import io.orquestrax.protocol.v1.ListInstancesRequest;
import io.orquestrax.protocol.v1.StartInstanceRequest;
import io.orquestrax.server.api.JsonText;
import io.orquestrax.server.api.Limits;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.api.RequestRules;
import io.orquestrax.server.orchestration.OwnId;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.store.instance.InstanceFilter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What requests ask, checked; in protobuf an empty value stands for an absent one. */
final class Requests {
    private Requests() {}

    static StartRequest start(StartInstanceRequest request) {
        DefinitionRef definition = request.getDefinition();
        String key = text(request.getKey(), "/key");
        return new StartRequest(
                required(definition.getNamespace(), "/definition/namespace"),
                required(definition.getName(), "/definition/name"),
                text(definition.getVersion(), "/definition/version"),
                key,
                input(request.getInput()),
                request.getTagsMap(),
                request.getId().isEmpty()
                        ? null
                        : new OwnId(RequestRules.instanceId(request.getId()), request.getAgain()));
    }

    static InstanceFilter filter(ListInstancesRequest request) {
        String parent = text(request.getParent(), "/parent");
        return RequestRules.check(new InstanceFilter(
                RequestRules.statuses(request.getStatusesList()),
                text(request.getNamespace(), "/namespace"),
                text(request.getName(), "/name"),
                text(request.getKey(), "/key"),
                parent == null ? null : RequestRules.instanceId(parent)));
    }

    static int pageSize(int asked, int defaultSize, int most) {
        return RequestRules.pageSize(asked == 0 ? null : asked, defaultSize, most);
    }

    /** At most what a call may be held open for. */
    static Duration wait(com.google.protobuf.Duration wait) {
        long seconds = wait.getSeconds();
        int nanos = wait.getNanos();
        if (seconds < 0 || nanos < 0) {
            throw RequestReader.invalid("Expected a wait that is not negative at /wait, but got " + seconds + " s");
        }
        return seconds >= Limits.WAIT.toSeconds() ? Limits.WAIT : Duration.ofSeconds(seconds, nanos);
    }

    static @Nullable String reason(ActOnInstanceRequest request) {
        RequestReader.requireLength(request.getReason(), Limits.REASON_LENGTH, "/reason");
        return text(request.getReason(), "/reason");
    }

    static byte[] document(ByteString source) {
        byte[] utf8 = source.toByteArray();
        JsonText.decode(utf8);
        return utf8;
    }

    static String required(String text, String pointer) {
        if (text.isEmpty()) {
            throw RequestReader.invalid("Expected a string at " + pointer + ", but it is empty");
        }
        return RequestReader.requireText(text, pointer);
    }

    static @Nullable String text(String text, String pointer) {
        return text.isEmpty() ? null : RequestReader.requireText(text, pointer);
    }

    private static JsonNode input(ByteString input) {
        return input.isEmpty() ? Json.NODES.objectNode() : JsonText.parse(input.toByteArray());
    }
}

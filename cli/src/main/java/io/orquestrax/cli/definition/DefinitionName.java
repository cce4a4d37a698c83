package io.orquestrax.cli.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.cli.command.CommandFailure;
import io.orquestrax.dsl.json.Json;

/**
 * A definition as a person names it: {@code namespace/name} or {@code namespace/name/version}.
 *
 * @param version empty for the highest
 */
public record DefinitionName(String namespace, String name, String version) {

    public static DefinitionName parse(String text) {
        String[] parts = text.split("/", -1);
        boolean complete = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            complete &= !part.isBlank();
        }
        if (!complete) {
            throw CommandFailure.usage("Expected a definition as NAMESPACE/NAME or NAMESPACE/NAME/VERSION, but it is \""
                    + text + "\". Those that are deployed: orquestrax definitions");
        }
        return new DefinitionName(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
    }

    /**
     * @param json {@code {namespace, name, version}}, or an object that holds it as {@code ref}
     */
    public static DefinitionName of(JsonNode json) {
        JsonNode reference = json.has("ref") ? json.path("ref") : json;
        return new DefinitionName(
                reference.path("namespace").asText(),
                reference.path("name").asText(),
                reference.path("version").asText());
    }

    public ObjectNode asJson() {
        ObjectNode json = Json.NODES.objectNode();
        json.put("namespace", namespace);
        json.put("name", name);
        if (!version.isEmpty()) {
            json.put("version", version);
        }
        return json;
    }

    public String text() {
        return namespace + "/" + name + (version.isEmpty() ? "" : "/" + version);
    }
}

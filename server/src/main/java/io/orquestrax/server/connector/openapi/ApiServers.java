package io.orquestrax.server.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.server.connector.ConnectorFailure;
import io.orquestrax.server.connector.http.Uris;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the operations of a document are. */
final class ApiServers {
    private ApiServers() {}

    /** The address that paths are appended to, without a slash at its end. */
    static URI base(ApiDocument document, ApiDocument.Place place) throws ConnectorFailure {
        String text = document.isSwagger() ? ofTwo(document, place) : ofThree(document, place);
        URI base;
        try {
            base = document.source().resolve(text);
        } catch (IllegalArgumentException malformed) {
            throw InvalidDocument.document(
                    "Expected the address of a server in " + document.source() + ", but \"" + text + "\" is none.");
        }
        String address = base.toString();
        return Uris.parse(
                address.endsWith("/") ? address.substring(0, address.length() - 1) : address,
                "the server of " + document.source());
    }

    private static String ofTwo(ApiDocument document, ApiDocument.Place place) {
        JsonNode root = document.root();
        URI source = document.source();
        JsonNode own = place.operation().path("schemes");
        List<String> schemes = new ArrayList<>();
        (own.isArray() ? own : root.path("schemes"))
                .forEach(scheme -> schemes.add(scheme.asText().toLowerCase(Locale.ROOT)));
        String scheme = source.getScheme();
        if (!schemes.isEmpty() && !schemes.contains(scheme)) {
            scheme = schemes.contains("https") ? "https" : schemes.getFirst();
        }
        String host = root.path("host").asText(source.getRawAuthority());
        String path = root.path("basePath").asText("/");
        return scheme + "://" + host + (path.startsWith("/") ? "" : "/") + path;
    }

    private static String ofThree(ApiDocument document, ApiDocument.Place place) {
        for (JsonNode owner : List.of(place.operation(), place.pathItem(), document.root())) {
            JsonNode server = owner.path("servers").path(0);
            if (server.path("url").isTextual()) {
                return withVariables(server);
            }
        }
        return "/";
    }

    /** With the defaults, since a call names no others. */
    private static String withVariables(JsonNode server) {
        String url = server.path("url").textValue();
        for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().path("default").asText());
        }
        return url;
    }
}

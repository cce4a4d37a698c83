package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.ExternalResources.UnavailableException;
import io.orquestrax.dsl.expression.DeferredValues;
import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.expression.Variables;
import io.orquestrax.dsl.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoint of what is looked up when a document is deployed, so that it has to be known by then.
 *
 * @param part where the URI stands
 * @param authentication in the form that {@link ExternalResources} describes; missing where nobody asks who it is
 */
record FixedPlace(Part part, URI uri, JsonNode authentication) {
    private static final String EXPECTED = "an absolute http or https URI, or an object with one as its uri";

    /**
     * Empty where it is none, which is recorded.
     *
     * @param what is there, as in "where the schema is"
     */
    static Optional<FixedPlace> read(Part endpoint, String what, Authentications authentications) {
        if (!endpoint.value().isObject()) {
            return uri(endpoint).map(uri -> new FixedPlace(endpoint, uri, Json.NODES.missingNode()));
        }
        Fields fields = endpoint.fields(EXPECTED);
        Optional<Part> place = fields.required("uri", "where " + what + " is");
        JsonNode authentication = fields.optional("authentication")
                .map(each -> authentication(each, authentications))
                .orElse(Json.NODES.missingNode());
        fields.finish();
        return place.flatMap(part -> uri(part).map(uri -> new FixedPlace(part, uri, authentication)));
    }

    /** At another address, which this one stands for. */
    FixedPlace at(URI other) {
        return new FixedPlace(part, other, authentication);
    }

    /** What is there; empty where it is not looked for. */
    Optional<JsonNode> look(ExternalResources resources) throws UnavailableException {
        return authentication.isMissingNode() ? resources.find(uri) : resources.find(uri, authentication);
    }

    private static JsonNode authentication(Part part, Authentications authentications) {
        Optional<Template> policy = authentications.ofDeployment().read(part, VisibleNames.NONE);
        if (policy.isEmpty()) {
            return Json.NODES.missingNode();
        }
        try {
            return DeferredValues.arguments(Template.object(Map.of("authentication", policy.get())))
                    .evaluate(Json.NODES.nullNode(), Variables.at(Instant.EPOCH));
        } catch (ExpressionException failed) {
            if (!part.report().hasErrorsIn(part.pointer())) {
                part.invalid("Expected credentials that are known when the workflow is deployed, but: "
                        + failed.getMessage());
            }
            return Json.NODES.missingNode();
        }
    }

    private static Optional<URI> uri(Part part) {
        Optional<String> text = part.text(EXPECTED);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> uri = absolute(text.get());
        if (uri.isEmpty()) {
            part.invalid("Expected " + EXPECTED + ", known when the workflow is deployed, but found " + part.found());
        }
        return uri;
    }

    static Optional<URI> absolute(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return isHttp && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}

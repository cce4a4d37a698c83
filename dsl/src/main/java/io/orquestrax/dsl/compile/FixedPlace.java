package io.orquestrax.dsl.compile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads endpoints of what is looked up when a document is deployed, so that they have to be known by then. */
final class FixedPlace {
    private static final String EXPECTED = "an absolute http or https URI, or an object with one as its uri";

    private FixedPlace() {}

    /**
     * Where the URI stands.
     *
     * @param what is there, as in "where the schema is"
     */
    static Optional<Part> read(Part endpoint, String what) {
        if (!endpoint.value().isObject()) {
            return Optional.of(endpoint);
        }
        Fields fields = endpoint.fields(EXPECTED);
        Optional<Part> uri = fields.required("uri", "where " + what + " is");
        fields.notSupportedYet("authentication");
        fields.finish();
        return uri;
    }

    /** Empty where it is none, which is recorded. */
    static Optional<URI> uri(Part part) {
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

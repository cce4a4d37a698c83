package io.orquestrax.dsl;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/** What stands at URIs outside of a document, which refers to it. */
@FunctionalInterface
public interface ExternalResources {
    /** The catalog of the functions that are deployed to the platform itself. */
    String DEFAULT_CATALOG = "default";

    /** Of the URIs of those. */
    String DEFAULT_CATALOG_SCHEME = "orquestrax";

    /** The URI by which a function of the default catalog is looked for. */
    static URI ofDefaultCatalog(String function, String version) {
        return URI.create(DEFAULT_CATALOG_SCHEME + ":///functions/" + function + "/" + version);
    }

    /** Looks nowhere: whatever a document refers to is taken for good. */
    ExternalResources NOWHERE = uri -> Optional.empty();

    /**
     * Empty where it is not looked for, so that nothing is said of it either.
     *
     * @param uri absolute: http, https, or that of {@link #ofDefaultCatalog}
     * @throws UnavailableException if it is not there, or is neither JSON nor YAML
     */
    Optional<JsonNode> find(URI uri) throws UnavailableException;

    /**
     * As the other one, where the place wants to know who asks.
     *
     * @param authentication an object with the member {@code authentication}, in the form that {@code DeferredValues}
     *     describes; of the kinds of variables it names secrets only
     */
    default Optional<JsonNode> find(URI uri, JsonNode authentication) throws UnavailableException {
        return find(uri);
    }

    /** What a document refers to cannot be had. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * @param reason to follow "Expected …, but "
         */
        public UnavailableException(String reason) {
            super(reason);
        }
    }
}

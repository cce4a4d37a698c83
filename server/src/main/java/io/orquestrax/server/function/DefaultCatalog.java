package io.orquestrax.server.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.source.DocumentReader;
import io.orquestrax.dsl.source.SourceDocument;
import io.orquestrax.store.function.StoredFunction;
import io.orquestrax.store.function.StoredFunctions;
import java.net.URI;
import java.util.Optional;

/** What definitions refer to: functions of the default catalog, and whatever others have. */
public record DefaultCatalog(StoredFunctions functions, ExternalResources others) implements ExternalResources {

    @Override
    public Optional<JsonNode> find(URI uri, JsonNode authentication) throws UnavailableException {
        return DEFAULT_CATALOG_SCHEME.equals(uri.getScheme()) ? find(uri) : others.find(uri, authentication);
    }

    @Override
    public Optional<JsonNode> find(URI uri) throws UnavailableException {
        if (!DEFAULT_CATALOG_SCHEME.equals(uri.getScheme())) {
            return others.find(uri);
        }
        String[] steps = uri.getPath().split("/", -1);
        String name = steps[steps.length - 2];
        String version = steps[steps.length - 1];
        StoredFunction function = functions
                .find(name, version)
                .orElseThrow(() -> new UnavailableException("the default catalog has no " + name + ":" + version
                        + "; deploy it with: orquestrax functions deploy"));
        if (function.isRetired()) {
            throw new UnavailableException(name + ":" + version + " of the default catalog is retired since "
                    + function.retiredAt() + "; call another version, or deploy the same once more");
        }
        return DocumentReader.read(function.source()).document().map(SourceDocument::root);
    }
}

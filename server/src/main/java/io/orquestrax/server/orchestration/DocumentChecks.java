package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.server.partition.KeptResources;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compiles documents that are new here, with what they refer to outside of themselves. */
record DocumentChecks(
        DocumentCompiler compiler, ExternalResources outside, Definitions definitions, ConnectorChecks connectors) {

    /**
     * @param resources an object with each document that was referred to, by its URI
     */
    record Checked(Compilation compilation, JsonNode resources) {}

    /**
     * What a definition was deployed with it keeps: to deploy it once more neither changes that, nor needs it to be there
     * still.
     */
    Checked compile(String text) {
        Checked checked = withResources(text);
        Compilation compilation = checked.compilation();
        List<Problem> warnings =
                compilation.plan().map(plan -> connectors.warnings(text, plan)).orElse(List.of());
        if (warnings.isEmpty()) {
            return checked;
        }
        List<Problem> all = Stream.concat(compilation.problems().stream(), warnings.stream())
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
        return new Checked(new Compilation(compilation.plan().orElseThrow(), all), checked.resources());
    }

    private Checked withResources(String text) {
        Recorder nothing = new Recorder(ExternalResources.NOWHERE);
        Compilation alone = compiler.compile(text, nothing);
        if (!nothing.wasAsked || alone.plan().isEmpty()) {
            return new Checked(alone, Json.NODES.objectNode());
        }
        String hash = alone.plan().orElseThrow().contentHash();
        Optional<StoredDefinition> deployed = definitions
                .find(alone.plan().orElseThrow().id())
                .filter(each -> each.contentHash().equals(hash));
        Recorder recorder =
                new Recorder(deployed.<ExternalResources>map(KeptResources::of).orElse(outside));
        return new Checked(compiler.compile(text, recorder), recorder.found);
    }

    /** Looks up each of them once. */
    private static final class Recorder implements ExternalResources {
        private final ExternalResources source;
        private final ObjectNode found = Json.NODES.objectNode();
        private boolean wasAsked;

        Recorder(ExternalResources source) {
            this.source = source;
        }

        @Override
        public Optional<JsonNode> find(URI uri) throws UnavailableException {
            return once(uri, () -> source.find(uri));
        }

        @Override
        public Optional<JsonNode> find(URI uri, JsonNode authentication) throws UnavailableException {
            return once(uri, () -> source.find(uri, authentication));
        }

        private Optional<JsonNode> once(URI uri, Look look) throws UnavailableException {
            wasAsked = true;
            String name = uri.toString();
            if (!found.has(name)) {
                look.find().ifPresent(resource -> found.set(name, resource));
            }
            return Optional.ofNullable(found.get(name));
        }

        private interface Look {
            Optional<JsonNode> find() throws UnavailableException;
        }
    }
}

package io.orquestrax.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.json.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A document with mistakes, and each of them as {@code line:column code pointer}. */
record WrongDocument(String what, String document, List<String> expected) {
    private static final String HEADER = "document: {dsl: 1.0.3, namespace: test, name: t, version: 1.0.0}\n";
    private static final DocumentCompiler COMPILER = new DocumentCompiler();

    static WrongDocument whole(String what, String document, String... expected) {
        return new WrongDocument(what, document, List.of(expected));
    }

    /** Behind a right header; the body starts in line 2. */
    static WrongDocument body(String what, String body, String... expected) {
        return new WrongDocument(what, header() + body, List.of(expected));
    }

    static String header() {
        return HEADER;
    }

    /** One test for each: its mistakes are told once, with their places. */
    static Stream<DynamicTest> tests(List<WrongDocument> documents) {
        return documents.stream()
                .map(wrong -> DynamicTest.dynamicTest(wrong.what(), () -> {
                    Compilation compilation = wrong.compilation();

                    assertThat(wrong.places(compilation)).containsExactlyInAnyOrderElementsOf(wrong.expected());
                    assertThat(compilation.plan()).isEmpty();
                    assertThat(compilation.problems())
                            .allSatisfy(problem -> assertThat(problem.message()).startsWith("Expected "));
                }));
    }

    Compilation compilation() {
        return COMPILER.compile(document, WrongDocument::resource);
    }

    List<String> places(Compilation compilation) {
        return compilation.problems().stream()
                .map(each -> each.line() + ":" + each.column() + " " + each.code() + " " + each.pointer())
                .toList();
    }

    private static Optional<JsonNode> resource(URI uri) throws ExternalResources.UnavailableException {
        return switch (uri.getPath()) {
            case "/right" -> Optional.of(Json.readTrusted("{}"));
            case "/wrong" -> Optional.of(Json.readTrusted("{\"type\": \"objec\"}"));
            default -> throw new ExternalResources.UnavailableException("there is none");
        };
    }
}

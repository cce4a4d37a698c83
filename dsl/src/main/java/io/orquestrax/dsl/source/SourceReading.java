package io.orquestrax.dsl.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a text: a document unless it cannot be read at all, and what is wrong with it. */
public record SourceReading(@Nullable SourceDocument documentOrNull, List<SourceProblem> problems) {

    public SourceReading {
        problems = List.copyOf(problems);
    }

    public Optional<SourceDocument> document() {
        return Optional.ofNullable(documentOrNull);
    }
}

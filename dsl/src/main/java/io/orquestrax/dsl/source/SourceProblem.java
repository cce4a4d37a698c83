package io.orquestrax.dsl.source;

import io.orquestrax.dsl.ProblemCode;

/** What is wrong with a text before anything is known of its meaning. */
public record SourceProblem(ProblemCode code, String message, String pointer, Location location) {}

package io.orquestrax.examples.pipeline;

/** A column of a CSV file. */
record Column(String name, boolean numeric) {}

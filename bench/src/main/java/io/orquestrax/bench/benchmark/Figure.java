package io.orquestrax.bench.benchmark;

/**
 * Something that is measured.
 *
 * @param unit of its values; what ends with {@code /s} is better when higher, all else when lower
 */
public record Figure(String name, String unit) {}

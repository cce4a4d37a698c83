package io.orquestrax.dsl.source;

import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * How a string stands in the text.
 *
 * @param from first code point of it in the text, its quote or block header included
 * @param to after its last code point
 */
record Scalar(ScalarStyle style, int from, int to) {}

/** Reads YAML and JSON texts into trees that remember where each value stands. */
@NullMarked
package io.orquestrax.dsl.source;

import org.jspecify.annotations.NullMarked;

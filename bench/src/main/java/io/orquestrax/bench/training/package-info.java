/** What a JVM does once while it is watched, so that later ones start with what it has learned. */
@NullMarked
package io.orquestrax.bench.training;

import org.jspecify.annotations.NullMarked;

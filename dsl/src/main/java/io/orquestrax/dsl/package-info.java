/** Reads a workflow document, says what is wrong with it and where, compiles it to a Plan; expressions live here. */
@NullMarked
package io.orquestrax.dsl;

import org.jspecify.annotations.NullMarked;

/** The benchmarks, and the assembly of the distribution. */
@NullMarked
package io.orquestrax.bench;

import org.jspecify.annotations.NullMarked;

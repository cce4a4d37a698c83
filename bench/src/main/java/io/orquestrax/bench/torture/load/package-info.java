/** The workflows that run meanwhile, who starts them, and what is remembered of it outside of the cluster. */
@NullMarked
package io.orquestrax.bench.torture.load;

import org.jspecify.annotations.NullMarked;

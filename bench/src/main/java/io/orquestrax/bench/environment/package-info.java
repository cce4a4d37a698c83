/** A node and a worker as processes of their own, for as long as something is measured. */
@NullMarked
package io.orquestrax.bench.environment;

import org.jspecify.annotations.NullMarked;

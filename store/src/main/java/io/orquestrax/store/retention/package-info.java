/** Instances that are closed and old go, with their ranges of ids. */
@NullMarked
package io.orquestrax.store.retention;

import org.jspecify.annotations.NullMarked;

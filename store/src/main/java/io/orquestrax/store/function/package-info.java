/** Functions of the default catalog. */
@NullMarked
package io.orquestrax.store.function;

import org.jspecify.annotations.NullMarked;

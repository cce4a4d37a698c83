/** Functions of the default catalog. */
@NullMarked
package io.orquestrax.cli.function;

import org.jspecify.annotations.NullMarked;

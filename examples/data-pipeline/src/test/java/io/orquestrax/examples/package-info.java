/** What the examples have in common. */
@NullMarked
package io.orquestrax.examples;

import org.jspecify.annotations.NullMarked;

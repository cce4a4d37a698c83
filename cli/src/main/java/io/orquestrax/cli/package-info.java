/** The orquestrax command. */
@NullMarked
package io.orquestrax.cli;

import org.jspecify.annotations.NullMarked;

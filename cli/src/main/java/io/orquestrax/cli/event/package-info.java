/** What comes from outside. */
@NullMarked
package io.orquestrax.cli.event;

import org.jspecify.annotations.NullMarked;

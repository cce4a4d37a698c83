/** The pure core: commands, events, state; decide and evolve. */
@NullMarked
package io.orquestrax.engine;

import org.jspecify.annotations.NullMarked;

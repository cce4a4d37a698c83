/** The triggers by which definitions start instances of themselves. */
@NullMarked
package io.orquestrax.store.schedule;

import org.jspecify.annotations.NullMarked;

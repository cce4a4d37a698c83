/** CloudEvents that came in or were emitted, and who listens for them. */
@NullMarked
package io.orquestrax.store.cloudevent;

import org.jspecify.annotations.NullMarked;

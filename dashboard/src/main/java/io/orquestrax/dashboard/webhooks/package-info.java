/** Webhooks: the list with the sinks, one with its try-out, and the form that makes or changes one. */
@NullMarked
package io.orquestrax.dashboard.webhooks;

import org.jspecify.annotations.NullMarked;

/** Webhooks as they are configured. */
@NullMarked
package io.orquestrax.store.webhook;

import org.jspecify.annotations.NullMarked;

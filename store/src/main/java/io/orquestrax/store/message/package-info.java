/** Durable commands on their way to instances. */
@NullMarked
package io.orquestrax.store.message;

import org.jspecify.annotations.NullMarked;

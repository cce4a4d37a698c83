/** An order whose payment may fail: retries, a wait, and a way back. */
@NullMarked
package io.orquestrax.examples.order;

import org.jspecify.annotations.NullMarked;

/** A node: partitions, dispatcher, timers, API and wiring. */
@NullMarked
package io.orquestrax.server;

import org.jspecify.annotations.NullMarked;

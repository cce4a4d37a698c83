/** The events that came in, what became of each, and publishing one. */
@NullMarked
package io.orquestrax.dashboard.events;

import org.jspecify.annotations.NullMarked;

/** The page of what starts instances by itself. */
@NullMarked
package io.orquestrax.dashboard.schedules;

import org.jspecify.annotations.NullMarked;

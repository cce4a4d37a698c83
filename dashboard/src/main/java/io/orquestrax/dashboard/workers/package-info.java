/** The page of the connected workers. */
@NullMarked
package io.orquestrax.dashboard.workers;

import org.jspecify.annotations.NullMarked;

/** The page of one instance. */
@NullMarked
package io.orquestrax.dashboard.instance;

import org.jspecify.annotations.NullMarked;

/** When which instance wants to be woken. */
@NullMarked
package io.orquestrax.server.timer;

import org.jspecify.annotations.NullMarked;

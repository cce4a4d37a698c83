/** CloudEvents on their way in, to those who listen, and out. */
@NullMarked
package io.orquestrax.server.event;

import org.jspecify.annotations.NullMarked;

/** Jobs that are processes of this machine: shell commands and scripts, within limits, leaving nothing behind. */
@NullMarked
package io.orquestrax.server.connector.process;

import org.jspecify.annotations.NullMarked;

/** Jobs that the platform does itself, such as HTTP calls: in a built-in worker of the node, or in a process apart. */
@NullMarked
package io.orquestrax.server.connector;

import org.jspecify.annotations.NullMarked;

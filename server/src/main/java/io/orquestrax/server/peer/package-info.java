/** What nodes say to each other, and how a call finds the node that can answer it. */
@NullMarked
package io.orquestrax.server.peer;

import org.jspecify.annotations.NullMarked;

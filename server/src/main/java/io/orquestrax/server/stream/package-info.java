/** What the node's streams of messages have in common, whoever is at the other end. */
@NullMarked
package io.orquestrax.server.stream;

import org.jspecify.annotations.NullMarked;

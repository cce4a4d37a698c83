/** The nodes' rows, and the connection on which a node says that it lives. */
@NullMarked
package io.orquestrax.store.node;

import org.jspecify.annotations.NullMarked;

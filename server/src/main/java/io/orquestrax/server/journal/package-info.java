/** Group commit: the events of all partitions, written in few and large transactions. */
@NullMarked
package io.orquestrax.server.journal;

import org.jspecify.annotations.NullMarked;

/** Which nodes there are, which of them owns which partition, and how that changes hands. */
@NullMarked
package io.orquestrax.server.cluster;

import org.jspecify.annotations.NullMarked;

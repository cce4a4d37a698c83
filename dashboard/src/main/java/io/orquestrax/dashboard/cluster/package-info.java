/** The page of the nodes and their partitions. */
@NullMarked
package io.orquestrax.dashboard.cluster;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.server.partition;

import org.jspecify.annotations.NullMarked;

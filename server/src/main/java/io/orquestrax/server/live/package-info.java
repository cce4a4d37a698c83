@NullMarked
package io.orquestrax.server.live;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.server.node;

import org.jspecify.annotations.NullMarked;

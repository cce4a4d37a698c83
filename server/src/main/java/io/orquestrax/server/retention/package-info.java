/** How long closed instances are kept. */
@NullMarked
package io.orquestrax.server.retention;

import org.jspecify.annotations.NullMarked;

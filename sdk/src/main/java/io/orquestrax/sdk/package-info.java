/** The Java client and worker. */
@NullMarked
package io.orquestrax.sdk;

import org.jspecify.annotations.NullMarked;

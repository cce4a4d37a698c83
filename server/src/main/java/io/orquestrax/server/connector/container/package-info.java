/** {@code run: container}, by a container engine that speaks Docker's API. */
@NullMarked
package io.orquestrax.server.connector.container;

import org.jspecify.annotations.NullMarked;

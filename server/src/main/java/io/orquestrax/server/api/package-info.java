/** The doors of the users: REST and gRPC, thin over the application service. */
@NullMarked
package io.orquestrax.server.api;

import org.jspecify.annotations.NullMarked;

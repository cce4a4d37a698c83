/** The wire contract: protobuf messages, gRPC services and the stable error codes. */
@NullMarked
package io.orquestrax.protocol;

import org.jspecify.annotations.NullMarked;

/** {@code call: grpc}: compiles a proto document, and calls a method of its services with messages made from JSON. */
@NullMarked
package io.orquestrax.server.connector.grpc;

import org.jspecify.annotations.NullMarked;

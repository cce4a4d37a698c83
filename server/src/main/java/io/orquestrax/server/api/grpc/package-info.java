/** The gRPC door: WorkflowService over the application service. */
@NullMarked
package io.orquestrax.server.api.grpc;

import org.jspecify.annotations.NullMarked;

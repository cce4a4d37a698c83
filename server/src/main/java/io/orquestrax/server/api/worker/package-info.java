/** The workers' doors: the gRPC stream, and plain HTTP for languages without one. */
@NullMarked
package io.orquestrax.server.api.worker;

import org.jspecify.annotations.NullMarked;

/** {@code call: openapi}: finds an operation in a document of Swagger 2.0, OpenAPI 3.0 or 3.1, and calls it. */
@NullMarked
package io.orquestrax.server.connector.openapi;

import org.jspecify.annotations.NullMarked;

/** The REST door: routes under /api/v1, plain JSON, problem details. */
@NullMarked
package io.orquestrax.server.api.rest;

import org.jspecify.annotations.NullMarked;

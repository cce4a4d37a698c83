@NullMarked
package io.orquestrax.server.orchestration;

import org.jspecify.annotations.NullMarked;

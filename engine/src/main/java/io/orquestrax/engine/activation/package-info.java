@NullMarked
package io.orquestrax.engine.activation;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.engine.state;

import org.jspecify.annotations.NullMarked;

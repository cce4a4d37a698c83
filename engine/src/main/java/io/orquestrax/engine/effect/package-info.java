@NullMarked
package io.orquestrax.engine.effect;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.engine.event;

import org.jspecify.annotations.NullMarked;

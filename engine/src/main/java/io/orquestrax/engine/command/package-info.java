@NullMarked
package io.orquestrax.engine.command;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.dsl.expression;

import org.jspecify.annotations.NullMarked;

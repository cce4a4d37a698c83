@NullMarked
package io.orquestrax.dsl.plan;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.dsl.json;

import org.jspecify.annotations.NullMarked;

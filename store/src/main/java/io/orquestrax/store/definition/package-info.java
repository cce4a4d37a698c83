@NullMarked
package io.orquestrax.store.definition;

import org.jspecify.annotations.NullMarked;

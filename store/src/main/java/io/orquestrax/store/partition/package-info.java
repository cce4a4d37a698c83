@NullMarked
package io.orquestrax.store.partition;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.store.journal;

import org.jspecify.annotations.NullMarked;

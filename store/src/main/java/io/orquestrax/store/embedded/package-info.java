@NullMarked
package io.orquestrax.store.embedded;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.orquestrax.store.instance;

import org.jspecify.annotations.NullMarked;

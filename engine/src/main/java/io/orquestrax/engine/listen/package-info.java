/** Events that are waited for: which of them match, and what was consumed so far. */
@NullMarked
package io.orquestrax.engine.listen;

import org.jspecify.annotations.NullMarked;

/** The processes of a run, the proxies between them, and what is done to both. */
@NullMarked
package io.orquestrax.bench.torture.ground;

import org.jspecify.annotations.NullMarked;

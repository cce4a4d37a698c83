/** What is written into the tables directly: as the product would, only more of it at once. */
@NullMarked
package io.orquestrax.bench.data;

import org.jspecify.annotations.NullMarked;

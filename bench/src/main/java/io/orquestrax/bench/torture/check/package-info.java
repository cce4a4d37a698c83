/** The checks after a run: the database against what clients and workers remember. */
@NullMarked
package io.orquestrax.bench.torture.check;

import org.jspecify.annotations.NullMarked;

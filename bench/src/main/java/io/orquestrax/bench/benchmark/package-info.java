/** What is measured, one class each. */
@NullMarked
package io.orquestrax.bench.benchmark;

import org.jspecify.annotations.NullMarked;

/** The three steps of the data pipeline. */
@NullMarked
package io.orquestrax.examples.pipeline;

import org.jspecify.annotations.NullMarked;

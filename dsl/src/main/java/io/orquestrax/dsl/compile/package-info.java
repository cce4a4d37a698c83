/** Turns the tree of a document into a Plan, and says everything that is wrong with it. */
@NullMarked
package io.orquestrax.dsl.compile;

import org.jspecify.annotations.NullMarked;

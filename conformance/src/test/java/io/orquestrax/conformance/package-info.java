/** Runs the scenarios of a Workflow DSL conformance suite against a node, over its public doors only. */
@NullMarked
package io.orquestrax.conformance;

import org.jspecify.annotations.NullMarked;

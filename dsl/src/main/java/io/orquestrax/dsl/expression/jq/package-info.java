/** jq 1.7 on the nodes and builtin functions of jackson-jq, with a parser of its own, exact integers and limits. */
@NullMarked
package io.orquestrax.dsl.expression.jq;

import org.jspecify.annotations.NullMarked;

/** jq 1.7: a parser, and an interpreter that counts what it does, with exact integers and limits. */
@NullMarked
package io.orquestrax.dsl.expression.jq;

import org.jspecify.annotations.NullMarked;

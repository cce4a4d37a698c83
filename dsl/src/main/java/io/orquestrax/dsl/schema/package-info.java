/** JSON Schemas that stand in a document. */
@NullMarked
package io.orquestrax.dsl.schema;

import org.jspecify.annotations.NullMarked;

/** Subcommands about definitions: validate, deploy, definitions. */
@NullMarked
package io.orquestrax.cli.definition;

import org.jspecify.annotations.NullMarked;

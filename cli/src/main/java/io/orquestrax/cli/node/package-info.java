/** The subcommand that runs a node in this process. */
@NullMarked
package io.orquestrax.cli.node;

import org.jspecify.annotations.NullMarked;

/** The subcommand that runs everything on one machine: database, node, worker and the shipped examples. */
@NullMarked
package io.orquestrax.cli.dev;

import org.jspecify.annotations.NullMarked;

/** What all subcommands share: options, exit codes, failures, and how another module adds a subcommand. */
@NullMarked
package io.orquestrax.cli.command;

import org.jspecify.annotations.NullMarked;

/** Subcommands about instances: start, list, show, history, watch, and those that act on one. */
@NullMarked
package io.orquestrax.cli.instance;

import org.jspecify.annotations.NullMarked;

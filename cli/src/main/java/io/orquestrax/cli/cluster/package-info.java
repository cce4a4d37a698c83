/** Subcommands that look at nodes, workers and settings. */
@NullMarked
package io.orquestrax.cli.cluster;

import org.jspecify.annotations.NullMarked;

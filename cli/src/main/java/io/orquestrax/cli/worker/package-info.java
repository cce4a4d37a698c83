/** The subcommand that runs job handlers from jar files. */
@NullMarked
package io.orquestrax.cli.worker;

import org.jspecify.annotations.NullMarked;

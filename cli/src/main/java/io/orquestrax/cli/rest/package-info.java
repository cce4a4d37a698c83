/** The command's side of the REST API. */
@NullMarked
package io.orquestrax.cli.rest;

import org.jspecify.annotations.NullMarked;

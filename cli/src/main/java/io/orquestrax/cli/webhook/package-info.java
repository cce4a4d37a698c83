/** Doors for requests from outside that become events. */
@NullMarked
package io.orquestrax.cli.webhook;

import org.jspecify.annotations.NullMarked;

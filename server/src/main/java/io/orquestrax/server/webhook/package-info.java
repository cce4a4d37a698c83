/** Requests from outside that become events: verified, mapped, and each of them once. */
@NullMarked
package io.orquestrax.server.webhook;

import org.jspecify.annotations.NullMarked;

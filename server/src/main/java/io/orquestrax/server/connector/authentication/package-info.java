/** How calls prove who makes them: fixed credentials, digests, and tokens of OAuth 2 and OpenID Connect. */
@NullMarked
package io.orquestrax.server.connector.authentication;

import org.jspecify.annotations.NullMarked;

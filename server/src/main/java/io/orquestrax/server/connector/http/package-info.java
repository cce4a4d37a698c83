/** {@code call: http}, and the one way by which connectors reach other hosts. */
@NullMarked
package io.orquestrax.server.connector.http;

import org.jspecify.annotations.NullMarked;

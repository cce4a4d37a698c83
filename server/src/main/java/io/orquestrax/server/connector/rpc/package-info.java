/** {@code call: mcp} and {@code call: a2a}: two protocols whose messages are JSON-RPC 2.0. */
@NullMarked
package io.orquestrax.server.connector.rpc;

import org.jspecify.annotations.NullMarked;

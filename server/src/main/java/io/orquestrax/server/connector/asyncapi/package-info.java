/** {@code call: asyncapi}: messages to and from the brokers that AsyncAPI documents describe. */
@NullMarked
package io.orquestrax.server.connector.asyncapi;

import org.jspecify.annotations.NullMarked;

/** Where secrets come from, and how they are kept out of everything that is stored or shown. */
@NullMarked
package io.orquestrax.server.connector.secret;

import org.jspecify.annotations.NullMarked;

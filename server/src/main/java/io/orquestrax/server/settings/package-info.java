@NullMarked
package io.orquestrax.server.settings;

import org.jspecify.annotations.NullMarked;

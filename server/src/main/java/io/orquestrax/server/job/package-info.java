@NullMarked
package io.orquestrax.server.job;

import org.jspecify.annotations.NullMarked;

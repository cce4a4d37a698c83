/** When definitions start instances by themselves, and that they do so exactly once. */
@NullMarked
package io.orquestrax.server.schedule;

import org.jspecify.annotations.NullMarked;

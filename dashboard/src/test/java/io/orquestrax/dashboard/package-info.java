@NullMarked
package io.orquestrax.dashboard;

import org.jspecify.annotations.NullMarked;

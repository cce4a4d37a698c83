/** What starts instances by itself. */
@NullMarked
package io.orquestrax.cli.schedule;

import org.jspecify.annotations.NullMarked;

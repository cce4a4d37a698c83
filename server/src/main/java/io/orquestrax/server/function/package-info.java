/** The default catalog: functions that are deployed to the platform, for workflows to call. */
@NullMarked
package io.orquestrax.server.function;

import org.jspecify.annotations.NullMarked;

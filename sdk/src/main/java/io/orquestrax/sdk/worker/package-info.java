/** The worker: runs handlers for jobs, and tells the server what came of them. */
@NullMarked
package io.orquestrax.sdk.worker;

import org.jspecify.annotations.NullMarked;

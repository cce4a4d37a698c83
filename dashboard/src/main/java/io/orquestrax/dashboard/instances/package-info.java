/** The list of instances. */
@NullMarked
package io.orquestrax.dashboard.instances;

import org.jspecify.annotations.NullMarked;

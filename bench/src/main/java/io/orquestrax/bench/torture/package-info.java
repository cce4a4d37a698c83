/** The torture bench: a cluster under load and faults, and the checks of everything that it promised. */
@NullMarked
package io.orquestrax.bench.torture;

import org.jspecify.annotations.NullMarked;

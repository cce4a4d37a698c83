/** Which faults a run injects, when and into what, drawn from a seed. */
@NullMarked
package io.orquestrax.bench.torture.plan;

import org.jspecify.annotations.NullMarked;

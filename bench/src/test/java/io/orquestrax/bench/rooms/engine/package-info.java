/** Classes that break the engine's rules on purpose, so that the test of the rules can be seen to fail. */
@NullMarked
package io.orquestrax.bench.rooms.engine;

import org.jspecify.annotations.NullMarked;

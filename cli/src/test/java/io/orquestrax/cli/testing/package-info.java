/** Real processes for tests: started, waited for, killed and started again. */
@NullMarked
package io.orquestrax.cli.testing;

import org.jspecify.annotations.NullMarked;

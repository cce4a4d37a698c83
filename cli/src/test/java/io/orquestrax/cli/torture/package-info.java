/** What is promised, while everything is killed again and again. */
@NullMarked
package io.orquestrax.cli.torture;

import org.jspecify.annotations.NullMarked;

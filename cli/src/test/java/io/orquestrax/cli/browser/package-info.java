/** The dashboard as a reader's browser shows it. */
@NullMarked
package io.orquestrax.cli.browser;

import org.jspecify.annotations.NullMarked;

/** How the command speaks to a person: colours, tables, relative times, a view that is drawn again in place. */
@NullMarked
package io.orquestrax.cli.terminal;

import org.jspecify.annotations.NullMarked;

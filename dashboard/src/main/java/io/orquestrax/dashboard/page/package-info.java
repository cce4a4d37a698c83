/** What every page is made of: its frame, marks, icons, times, ids and JSON. */
@NullMarked
package io.orquestrax.dashboard.page;

import org.jspecify.annotations.NullMarked;

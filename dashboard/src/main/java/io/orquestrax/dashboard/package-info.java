/** The pages: templates, styles and drawing. */
@NullMarked
package io.orquestrax.dashboard;

import org.jspecify.annotations.NullMarked;

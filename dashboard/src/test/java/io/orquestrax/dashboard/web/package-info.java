/** Tests of how pages are served. */
@NullMarked
package io.orquestrax.dashboard.web;

import org.jspecify.annotations.NullMarked;

/** Pages over HTTP: requests, answers, assets, live streams and their guards. */
@NullMarked
package io.orquestrax.dashboard.web;

import org.jspecify.annotations.NullMarked;

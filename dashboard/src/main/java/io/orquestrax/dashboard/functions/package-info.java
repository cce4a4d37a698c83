/** The functions of the default catalog: the list, one version, deploying and retiring. */
@NullMarked
package io.orquestrax.dashboard.functions;

import org.jspecify.annotations.NullMarked;

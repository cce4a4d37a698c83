/** The pages of definitions: the list, one of them, and deploying. */
@NullMarked
package io.orquestrax.dashboard.definitions;

import org.jspecify.annotations.NullMarked;

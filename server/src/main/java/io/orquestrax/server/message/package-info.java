/** What instances and schedules tell instances: commands that are as durable as what caused them. */
@NullMarked
package io.orquestrax.server.message;

import org.jspecify.annotations.NullMarked;

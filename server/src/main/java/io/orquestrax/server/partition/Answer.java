package io.orquestrax.server.partition;

import io.orquestrax.engine.command.Reply;
import io.orquestrax.store.instance.InstanceRow;
import java.util.function.Supplier;

/**
 * What became of a command, once it is durable.
 *
 * @param instance its whole row right after the decision, made where it is asked for; not to be asked for where there is
 *     no such instance
 */
public record Answer(Reply reply, Supplier<InstanceRow> instance) {}

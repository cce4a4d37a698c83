package io.orquestrax.server.partition;

import io.orquestrax.engine.command.Reply;
import io.orquestrax.engine.state.InstanceState;

/**
 * What became of a command, once it is durable.
 *
 * @param state right after the decision; unborn where there is no such instance
 */
public record Answer(Reply reply, InstanceState state) {}

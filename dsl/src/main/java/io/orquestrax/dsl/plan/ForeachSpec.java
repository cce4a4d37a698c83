package io.orquestrax.dsl.plan;

/**
 * What is done with each consumed event, one at a time, in their order.
 *
 * @param item the variable that holds the event, without the dollar sign
 * @param at the variable that holds its index, from 0
 * @param tasks empty where the author gave none
 * @param output its result is what enters the listen task's array
 */
public record ForeachSpec(String item, String at, TaskList tasks, OutputSpec output, ExportSpec export) {}

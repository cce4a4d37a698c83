package io.orquestrax.server.connector.process;

import java.util.List;
import java.util.Map;

/**
 * What is to run.
 *
 * @param words the program and its arguments, which no shell sees
 * @param environment beside the usual one
 * @param input on its standard input
 */
record Command(List<String> words, Map<String, String> environment, byte[] input) {

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}

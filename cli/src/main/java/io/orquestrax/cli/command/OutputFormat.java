package io.orquestrax.cli.command;

/** For a person, or for a program. */
public enum OutputFormat {
    text,
    json
}

package io.orquestrax.server.orchestration;

/**
 * Who asks.
 *
 * @param principal the name that stands in events and definitions
 */
public record Caller(String principal) {
    public static final Caller ANONYMOUS = new Caller("anonymous");
}

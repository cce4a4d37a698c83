package io.orquestrax.server.settings;

/** A setting that an operator got wrong; the message names it, where it stands, and what was expected. */
public final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}

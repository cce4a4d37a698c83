package io.orquestrax.server.connector.http;

/** Looks at a body while it comes. */
public interface BodyEnd {
    /** Reads all of it. */
    BodyEnd AT_ITS_OWN = (buffer, count) -> false;

    /**
     * @param buffer with the bytes that came now, at its beginning
     * @return whether the rest is of no interest: it is not read, and need not come
     */
    boolean isReached(byte[] buffer, int count);
}

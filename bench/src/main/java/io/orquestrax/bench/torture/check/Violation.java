package io.orquestrax.bench.torture.check;

/**
 * A promise that was broken.
 *
 * @param promise in a few words, the same for every breach of it
 * @param about the instance, call or fault
 * @param detail all that is known
 */
public record Violation(String promise, String about, String detail) {

    @Override
    public String toString() {
        return promise + ": " + about + ": " + detail;
    }
}

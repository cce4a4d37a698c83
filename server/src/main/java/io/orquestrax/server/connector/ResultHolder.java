package io.orquestrax.server.connector;

/** Takes what is to be settled once a result is durable. */
public interface ResultHolder {
    /** Nobody tells here what became of a result. */
    ResultHolder NONE = new ResultHolder() {
        @Override
        public boolean canHold() {
            return false;
        }

        @Override
        public void hold(Held held) {
            held.settle(false);
        }
    };

    boolean canHold();

    /** To be called just before the result is returned. */
    void hold(Held held);
}

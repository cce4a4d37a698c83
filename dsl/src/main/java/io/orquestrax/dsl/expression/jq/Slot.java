package io.orquestrax.dsl.expression.jq;

/** One binding of a name in the text of a program; two of the same name are two slots. */
final class Slot {
    private final String name;

    Slot(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}

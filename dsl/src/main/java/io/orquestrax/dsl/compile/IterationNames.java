package io.orquestrax.dsl.compile;

import java.util.Optional;

/** The variables of a loop: what is looked at, and how many came before it. */
record IterationNames(String item, String at) {
    private static final String DEFAULT_ITEM = "item";
    private static final String DEFAULT_AT = "index";

    /**
     * @param itemProperty the property that names the first of them
     */
    static IterationNames read(Fields fields, String itemProperty) {
        String item = fields.optional(itemProperty).flatMap(VariableName::read).orElse(DEFAULT_ITEM);
        Optional<Part> place = fields.optional("at");
        String at = place.flatMap(VariableName::read).orElse(DEFAULT_AT);
        if (item.equals(at)) {
            place.or(() -> fields.optional(itemProperty))
                    .ifPresent(each ->
                            each.invalid("Expected two names for the item and its index, but both are \"" + at + "\""));
        }
        return new IterationNames(item, at);
    }
}

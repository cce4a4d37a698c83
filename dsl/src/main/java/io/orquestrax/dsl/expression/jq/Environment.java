package io.orquestrax.dsl.expression.jq;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the names in a part of a program stand for while it runs; the innermost first. */
final class Environment {
    private final Budget budget;
    private final @Nullable Environment outer;
    private final @Nullable Slot slot;
    private final @Nullable JsonNode value;
    private final @Nullable Argument argument;

    /** A parameter's expression, and what the names in it stand for where the call is. */
    record Argument(Filter filter, Environment environment) {}

    private Environment(
            Budget budget,
            @Nullable Environment outer,
            @Nullable Slot slot,
            @Nullable JsonNode value,
            @Nullable Argument argument) {
        this.budget = budget;
        this.outer = outer;
        this.slot = slot;
        this.value = value;
        this.argument = argument;
    }

    static Environment empty(Budget budget) {
        return new Environment(budget, null, null, null, null);
    }

    /** Nothing but the budget: where the builtin functions are at home. */
    Environment root() {
        return outer == null ? this : empty(budget);
    }

    Budget budget() {
        return budget;
    }

    Environment bind(Slot variable, JsonNode bound) {
        return new Environment(budget, this, variable, bound, null);
    }

    Environment bind(Slot parameter, Filter filter, Environment caller) {
        Argument passed = filter instanceof Call.OfParameter same
                ? caller.argument(same.parameter())
                : new Argument(filter, caller);
        return new Environment(budget, this, parameter, null, passed);
    }

    /** Marks where a function or a label stands. */
    Environment mark(Slot place) {
        return new Environment(budget, this, place, null, null);
    }

    /** From the binding of the slot outwards. */
    Environment at(Slot wanted) {
        Environment each = this;
        while (each != null) {
            if (each.slot == wanted) {
                return each;
            }
            each = each.outer;
        }
        throw new IllegalStateException("Nothing is bound to " + wanted);
    }

    JsonNode value(Slot variable) {
        JsonNode found = at(variable).value;
        if (found == null) {
            throw new IllegalStateException(variable + " is no variable");
        }
        return found;
    }

    Argument argument(Slot parameter) {
        Argument found = at(parameter).argument;
        if (found == null) {
            throw new IllegalStateException(parameter + " is no parameter");
        }
        return found;
    }
}

package io.orquestrax.dsl.expression.jq;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class BuiltinsTest {

    @Test
    void definesItsFunctionsByOthersThatExist() {
        Builtins builtins = new Builtins();

        assertThatCode(() -> new JqParser(Builtins.definitions(), builtins).definitions())
                .doesNotThrowAnyException();
    }
}

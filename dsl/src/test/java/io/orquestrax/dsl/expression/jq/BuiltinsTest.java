package io.orquestrax.dsl.expression.jq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuiltinsTest {

    @Test
    void definesItsFunctionsByOthersThatExist() {
        assertThat(new Builtins().signatures()).contains("map/1", "INDEX/1", "strptime/1", "@base32d/0");
    }
}

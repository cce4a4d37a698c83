package io.orquestrax.dsl.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orquestrax.dsl.expression.ExpressionException;
import io.orquestrax.dsl.json.Json;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"PT30S\"|PT30S",
                "\" PT0.25S \"|PT0.25S",
                "\"P1DT12H\"|PT36H",
                "\"P2W\"|PT336H",
                "\"P0.5D\"|PT12H",
                "\"PT1H30M5,5S\"|PT1H30M5.5S",
                "\"PT0S\"|PT0S",
                "{\"days\":1,\"hours\":2,\"minutes\":3,\"seconds\":4,\"milliseconds\":5}|PT26H3M4.005S",
                "{\"seconds\":1.0}|PT1S"
            })
    void readsBothForms(String json, Duration expected) {
        assertThat(Durations.parse(Json.readTrusted(json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"P\"",
                "\"PT\"",
                "\"P1DT\"",
                "\"30S\"",
                "\"-PT1S\"",
                "\"PT-1S\"",
                "\"P1Y\"",
                "\"P1M\"",
                "\"P36526D\"",
                "\"PT99999999999999999S\"",
                "\"now\"",
                "30",
                "null",
                "[]",
                "{}",
                "{\"second\":1}",
                "{\"seconds\":-1}",
                "{\"seconds\":1.5}",
                "{\"seconds\":\"1\"}",
                "{\"days\":9223372036854775807}",
                "{\"days\":92233720368547758070}",
                "{\"days\":1e400}"
            })
    void refusesWhatIsNoDurationOrTooLong(String json) {
        assertThatThrownBy(() -> Durations.parse(Json.readTrusted(json)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("Expected ");
    }
}

package io.orquestrax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.orquestrax.bench.rooms.engine.BadClockReader;
import io.orquestrax.bench.rooms.engine.BadFileReader;
import io.orquestrax.bench.rooms.engine.BadRandomness;
import io.orquestrax.bench.rooms.engine.BadThread;
import io.orquestrax.bench.rooms.engine.NamedUtil;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the layering; what each rule is for is proved on classes that break it. */
class RoomsTest {
    private static final String BAD_ENGINE = "io.orquestrax.bench.rooms.engine..";

    private static JavaClasses product;

    @BeforeAll
    static void readClasses() {
        product = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.orquestrax");
    }

    static List<String> rooms() {
        return RoomRules.ROOMS;
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomDependsOnlyUpward(String room) {
        RoomRules.dependsOnlyUpward(room).check(product);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomIsOnTheClassPathOfThisTest(String room) {
        assertThat(product.stream().anyMatch(type -> type.getPackageName().startsWith("io.orquestrax." + room)))
                .isTrue();
    }

    @Test
    void engineHasNoInputOrOutput() {
        RoomRules.hasNoInputOrOutput("io.orquestrax.engine..").check(product);
    }

    @Test
    void engineReadsNoClockAndNoRandomness() {
        RoomRules.readsNoClockAndNoRandomness("io.orquestrax.engine..").check(product);
    }

    @Test
    void namesSayWhatAClassIs() {
        RoomRules.hasNoNamesThatSayNothing().check(product);
    }

    static Stream<Object[]> violations() {
        return Stream.of(
                new Object[] {RoomRules.hasNoInputOrOutput(BAD_ENGINE), BadFileReader.class},
                new Object[] {RoomRules.hasNoInputOrOutput(BAD_ENGINE), BadThread.class},
                new Object[] {RoomRules.readsNoClockAndNoRandomness(BAD_ENGINE), BadClockReader.class},
                new Object[] {RoomRules.readsNoClockAndNoRandomness(BAD_ENGINE), BadRandomness.class},
                new Object[] {RoomRules.hasNoNamesThatSayNothing(), NamedUtil.class});
    }

    @ParameterizedTest
    @MethodSource("violations")
    void ruleFindsAClassThatBreaksIt(ArchRule rule, Class<?> offender) {
        JavaClasses offenders = new ClassFileImporter().importClasses(offender);

        assertThat(rule.evaluate(offenders).hasViolation()).isTrue();
    }

    @Test
    void ruleOfARoomFindsAnArrowThatGoesDown() {
        // What the command may do, namely to use the server, a lower room may not.
        ArchRule ruleOfTheStore = RoomRules.dependsOnlyUpward("store", "io.orquestrax.cli..");

        assertThat(ruleOfTheStore.evaluate(product).hasViolation()).isTrue();
    }
}

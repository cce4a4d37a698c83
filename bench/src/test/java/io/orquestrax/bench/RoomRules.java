package io.orquestrax.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What architecture.md says of the rooms, as rules. */
final class RoomRules {
    /** An arrow goes only to a room that stands further left. */
    static final List<String> ROOMS =
            List.of("protocol", "dsl", "engine", "store", "server", "dashboard", "sdk", "cli", "bench");

    private static final Set<String> CLOCK_OWNERS = Set.of(
            "java.lang.System",
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Clock");
    private static final Set<String> CLOCK_READS =
            Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone", "system");

    private RoomRules() {}

    static ArchRule dependsOnlyUpward(String room) {
        return dependsOnlyUpward(room, packageOf(room));
    }

    /** The room's rule for other classes than its own. */
    static ArchRule dependsOnlyUpward(String room, String packageIdentifier) {
        List<String> forbidden = new ArrayList<>();
        List<String> allowed = room.equals("sdk") ? List.of("protocol") : ROOMS.subList(0, ROOMS.indexOf(room));
        for (String other : ROOMS) {
            if (!other.equals(room) && !allowed.contains(other)) {
                forbidden.add(packageOf(other));
            }
        }
        return noClasses()
                .that()
                .resideInAPackage(packageIdentifier)
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
                .as(room + " depends on nothing beside and above it");
    }

    static ArchRule hasNoInputOrOutput(String packageIdentifier) {
        return noClasses()
                .that()
                .resideInAPackage(packageIdentifier)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.sql..",
                                "javax.sql..",
                                "java.util.concurrent..",
                                "org.slf4j..")
                        .and(harmless().negate()))
                .orShould()
                .dependOnClassesThat(named("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer"))
                .as("the engine has no IO and no threads");
    }

    static ArchRule readsNoClockAndNoRandomness(String packageIdentifier) {
        return noClasses()
                .that()
                .resideInAPackage(packageIdentifier)
                .should()
                .accessTargetWhere(readsClockOrRandomness())
                .as("the engine is told the time and all that is random");
    }

    static ArchRule hasNoNamesThatSayNothing() {
        return noClasses()
                .that()
                .resideInAPackage("io.orquestrax..")
                .and()
                .resideOutsideOfPackage("io.orquestrax.protocol.v1..")
                .should()
                .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Helpers)")
                .as("names say what a class is");
    }

    static String packageOf(String room) {
        return "io.orquestrax." + room + "..";
    }

    /** Records and lambdas name these without doing IO: serialization's marker, and exceptions of JSON reading. */
    private static DescribedPredicate<JavaClass> harmless() {
        return named("java.io.Serializable", "java.io.IOException", "java.io.UncheckedIOException");
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> all = Set.of(names);
        return DescribedPredicate.describe("named " + all, type -> all.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockOrRandomness() {
        return DescribedPredicate.describe("reads a clock or draws at random", access -> {
            String owner = access.getTargetOwner().getName();
            String member = access.getName();
            return (CLOCK_OWNERS.contains(owner) && CLOCK_READS.contains(member))
                    || (owner.equals("java.util.UUID") && member.equals("randomUUID"))
                    || (owner.equals("java.lang.Math") && member.equals("random"))
                    || owner.equals("java.util.Random")
                    || owner.equals("java.security.SecureRandom")
                    || owner.startsWith("java.util.random.")
                    || owner.equals("java.util.concurrent.ThreadLocalRandom");
        });
    }
}

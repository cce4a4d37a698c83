package io.orquestrax.server.retention;

import io.orquestrax.server.settings.SettingKind;
import io.orquestrax.store.retention.Cutoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long closed instances are kept: all, those of a namespace, and those of a definition. Empty for all for ever. */
public record RetentionPolicy(List<Window> windows) {
    private static final String FOREVER = "forever";
    private static final int RANGES_OF_SHORTEST = 8;
    private static final int RANGES_OF_LONGEST = 64;
    private static final Duration NARROWEST = Duration.ofSeconds(2);

    /** @param keep null for ever */
    record Window(String namespace, String name, @Nullable Duration keep) {}

    public RetentionPolicy {
        windows = List.copyOf(windows);
    }

    /**
     * @param text such as {@code 30d, orders=90d, orders/payment=forever}: at most one time without a name
     * @return empty where it is not that
     */
    public static Optional<RetentionPolicy> parse(String text) {
        List<Window> windows = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] parts = entry.strip().split("=", -1);
            String of = parts.length == 1 ? "" : parts[0].strip();
            String keep = parts[parts.length - 1].strip();
            Optional<Duration> duration = SettingKind.DURATION.reader().apply(keep);
            boolean isForever = keep.equals(FOREVER);
            String[] path = of.split("/", -1);
            boolean isNamed = parts.length == 2 && !of.isBlank() && path.length <= 2;
            if (parts.length > 1 && !isNamed || duration.isEmpty() && !isForever || !names.add(of)) {
                return Optional.empty();
            }
            windows.add(new Window(path[0], path.length == 2 ? path[1] : "", duration.orElse(null)));
        }
        return Optional.of(new RetentionPolicy(windows));
    }

    /** Whether anything ever goes. */
    boolean isLimited() {
        return durations().findAny().isPresent();
    }

    List<Cutoff> cutoffs(Instant now) {
        return windows.stream()
                .map(window -> new Cutoff(
                        window.namespace(), window.name(), window.keep() == null ? null : now.minus(window.keep())))
                .toList();
    }

    /** How much time one range of instances covers: so that little stays too long, and there are not too many. */
    Duration width() {
        Duration shortest = durations().min(Comparator.naturalOrder()).orElseThrow();
        Duration longest = durations().max(Comparator.naturalOrder()).orElseThrow();
        return Stream.of(NARROWEST, shortest.dividedBy(RANGES_OF_SHORTEST), longest.dividedBy(RANGES_OF_LONGEST))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Stream<Duration> durations() {
        return windows.stream().map(Window::keep).filter(Objects::nonNull);
    }
}

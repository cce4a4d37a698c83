package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.engine.activation.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The steps of an instance, nested ones under the step that they stand in.
 *
 * @param lines what is shown of them
 * @param hidden how many older ones are not shown
 * @param read how many events were read for them; 0 for the whole history
 * @param rawHref all that happened, for programs
 */
public record StepsPanel(List<StepLine> lines, long hidden, int read, String rawHref) {
    private static final int SHOWN = 200;

    public StepsPanel {
        lines = List.copyOf(lines);
    }

    /**
     * @param activations those of the events read; a step whose outer step is not among them stands outermost
     * @param told the step whose explanation or error the page's sentence tells; 0 for none
     */
    public static StepsPanel of(UUID instance, List<Activation> activations, int read, long told) {
        List<Activation> ordered = new ArrayList<>();
        Map<Long, Integer> depths = new HashMap<>();
        Map<Long, List<Activation>> children = new HashMap<>();
        Set<Long> known = new HashSet<>();
        long begun = 0;
        for (Activation activation : activations) {
            known.add(activation.activation());
            begun = Math.max(begun, activation.activation());
            long parent = known.contains(activation.parent()) ? activation.parent() : 0;
            children.computeIfAbsent(parent, outer -> new ArrayList<>()).add(activation);
        }
        collect(0, 0, children, ordered, depths);
        Set<Long> handled = handled(activations);
        int cut = Math.max(0, ordered.size() - SHOWN);
        List<StepLine> lines = ordered.subList(cut, ordered.size()).stream()
                .map(each -> StepLine.of(
                        instance,
                        each,
                        depths.getOrDefault(each.activation(), 0),
                        handled.contains(each.activation()),
                        each.activation() == told))
                .toList();
        long hidden = read == 0 ? cut : begun - lines.size();
        return new StepsPanel(lines, hidden, read, Address.rawHistory(instance, 0));
    }

    /** Those that failed inside of a step that did not: a try took it up. The outer ones come first. */
    private static Set<Long> handled(List<Activation> activations) {
        Map<Long, Activation> known = new HashMap<>();
        Set<Long> handled = new HashSet<>();
        for (Activation activation : activations) {
            known.put(activation.activation(), activation);
            Activation outer = known.get(activation.parent());
            if (activation.state() == Activation.State.FAULTED
                    && outer != null
                    && (outer.state() != Activation.State.FAULTED || handled.contains(outer.activation()))) {
                handled.add(activation.activation());
            }
        }
        return handled;
    }

    private static void collect(
            long parent,
            int depth,
            Map<Long, List<Activation>> children,
            List<Activation> ordered,
            Map<Long, Integer> depths) {
        for (Activation child : children.getOrDefault(parent, List.of())) {
            ordered.add(child);
            depths.put(child.activation(), depth);
            collect(child.activation(), depth + 1, children, ordered, depths);
        }
    }
}

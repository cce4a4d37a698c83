package io.orquestrax.dashboard.instance;

import io.orquestrax.dashboard.page.Address;
import io.orquestrax.engine.activation.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The steps of an instance, nested ones under the step that they stand in.
 *
 * @param lines what is shown of them
 * @param hidden how many earlier ones are left out
 * @param allHref shows those too
 */
public record StepsPanel(List<StepLine> lines, int hidden, String allHref) {
    private static final int SHOWN = 200;

    public StepsPanel {
        lines = List.copyOf(lines);
    }

    /**
     * @param told the step whose explanation or error the page's sentence tells; 0 for none
     */
    public static StepsPanel of(UUID instance, List<Activation> activations, boolean isAll, long told) {
        List<Activation> ordered = new ArrayList<>();
        Map<Long, Integer> depths = new HashMap<>();
        Map<Long, List<Activation>> children = new HashMap<>();
        for (Activation activation : activations) {
            children.computeIfAbsent(activation.parent(), parent -> new ArrayList<>())
                    .add(activation);
        }
        collect(0, 0, children, ordered, depths);
        int hidden = isAll ? 0 : Math.max(0, ordered.size() - SHOWN);
        List<StepLine> lines = ordered.subList(hidden, ordered.size()).stream()
                .map(each -> StepLine.of(
                        instance, each, depths.getOrDefault(each.activation(), 0), each.activation() == told))
                .toList();
        return new StepsPanel(
                lines, hidden, Address.of(Address.instance(instance)).with("steps", "all") + "#steps");
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

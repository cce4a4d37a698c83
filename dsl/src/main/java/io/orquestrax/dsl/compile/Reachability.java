package io.orquestrax.dsl.compile;

import io.orquestrax.dsl.ProblemCode;
import io.orquestrax.dsl.plan.CallTask;
import io.orquestrax.dsl.plan.Directive;
import io.orquestrax.dsl.plan.DoTask;
import io.orquestrax.dsl.plan.EmitTask;
import io.orquestrax.dsl.plan.ExtendedTask;
import io.orquestrax.dsl.plan.ForTask;
import io.orquestrax.dsl.plan.ForkTask;
import io.orquestrax.dsl.plan.FunctionTask;
import io.orquestrax.dsl.plan.ListenTask;
import io.orquestrax.dsl.plan.RaiseTask;
import io.orquestrax.dsl.plan.RunProcessTask;
import io.orquestrax.dsl.plan.RunWorkflowTask;
import io.orquestrax.dsl.plan.SetTask;
import io.orquestrax.dsl.plan.SubscriptionTask;
import io.orquestrax.dsl.plan.SwitchTask;
import io.orquestrax.dsl.plan.Task;
import io.orquestrax.dsl.plan.TryTask;
import io.orquestrax.dsl.plan.WaitTask;
import io.orquestrax.dsl.source.Pointers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Warns of tasks in a list that the flow can never come to. */
final class Reachability {
    private final List<Task> tasks;
    private final Map<String, Integer> positions = new HashMap<>();

    private Reachability(List<Task> tasks) {
        this.tasks = tasks;
        tasks.forEach(task -> positions.put(task.name(), task.common().indexInList()));
    }

    /** Of neighbours that cannot be reached only the first is named: it is one mistake. */
    static void warn(Part list, List<Task> tasks) {
        BitSet reached = new Reachability(tasks).reached();
        for (int index = 1; index < tasks.size(); index++) {
            if (!reached.get(index) && reached.get(index - 1)) {
                Task task = tasks.get(index);
                String pointer = Pointers.member(Pointers.item(list.pointer(), index), task.name());
                list.report()
                        .warningAtKey(
                                pointer,
                                ProblemCode.UNREACHABLE_TASK,
                                "Expected a way to the task \"" + Part.shortened(task.name())
                                        + "\", but the tasks before it go elsewhere and no \"then\" names it");
            }
        }
    }

    private BitSet reached() {
        BitSet reached = new BitSet(tasks.size());
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        while (!open.isEmpty()) {
            int index = open.remove();
            if (index < tasks.size() && !reached.get(index)) {
                reached.set(index);
                Task task = tasks.get(index);
                directives(task, task.common().then()).forEach(each -> follow(each, index, open));
            }
        }
        return reached;
    }

    private void follow(Directive directive, int index, Deque<Integer> open) {
        switch (directive) {
            case Directive.Continue next -> open.add(index + 1);
            case Directive.Goto target -> {
                Integer position = positions.get(target.name());
                if (position == null) {
                    // What was meant is not known: any of them can be.
                    open.addAll(positions.values());
                } else {
                    open.add(position);
                }
            }
            case Directive.Exit exit -> {}
            case Directive.End end -> {}
        }
    }

    private static List<Directive> directives(Task task, Directive then) {
        List<Directive> directives = new ArrayList<>();
        if (task.common().condition() != null) {
            directives.add(Directive.CONTINUE);
        }
        switch (task) {
            case RaiseTask raise -> {}
            case SwitchTask choice -> {
                choice.cases().forEach(each -> directives.add(each.then()));
                if (choice.cases().stream().noneMatch(each -> each.when() == null)) {
                    directives.add(then);
                }
            }
            case TryTask attempt -> {
                directives.add(then);
                Directive caught = attempt.catches().then();
                if (caught != null) {
                    directives.add(caught);
                }
            }
            case CallTask call -> directives.add(then);
            case RunProcessTask process -> directives.add(then);
            case DoTask list -> directives.add(then);
            case EmitTask emit -> directives.add(then);
            case ExtendedTask extended -> {
                // Where it comes before a raise for example, it can take the task's place.
                if (!extended.before().tasks().isEmpty()) {
                    directives.add(then);
                }
                extended.extended().tasks().forEach(each -> directives.addAll(directives(each, then)));
            }
            case ForTask loop -> directives.add(then);
            case ForkTask fork -> directives.add(then);
            case FunctionTask function -> directives.add(then);
            case ListenTask listen -> directives.add(then);
            case RunWorkflowTask run -> directives.add(then);
            case SetTask set -> directives.add(then);
            case SubscriptionTask subscription -> directives.add(then);
            case WaitTask wait -> directives.add(then);
        }
        return directives;
    }
}

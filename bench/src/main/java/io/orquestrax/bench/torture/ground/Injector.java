package io.orquestrax.bench.torture.ground;

import io.orquestrax.bench.torture.ground.TcpProxy.Disturbance;
import io.orquestrax.bench.torture.ground.TcpProxy.Flow;
import io.orquestrax.bench.torture.plan.PlannedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Does to a cluster what a plan says, one fault after the other, and undoes what can be undone. */
public final class Injector {
    private final TortureCluster cluster;
    private final int nodeCount;

    public Injector(TortureCluster cluster) {
        this.cluster = cluster;
        this.nodeCount = cluster.nodes().size();
    }

    /** Returns when the cluster is whole again, or does not become so. */
    public FaultTrace inject(PlannedFault fault) throws InterruptedException {
        Marks marks = new Marks();
        Instant began = Instant.now();
        String victim = victim(fault);
        perform(fault, marks);
        boolean whole = cluster.becomesWhole();
        return new FaultTrace(
                fault.number(),
                fault.kind(),
                victim,
                fault.kind().isGraceful(nodeCount),
                marks.list(),
                began,
                Instant.now(),
                whole);
    }

    private String victim(PlannedFault fault) {
        return switch (fault.kind().victim()) {
            case NODE -> node(fault).name();
            case WORKER -> worker(fault).name();
            case ALL_NODES -> "all nodes";
            case NEW_NODE -> "a further node";
            case DATABASE -> "PostgreSQL";
            case EVERYTHING -> "everything";
        };
    }

    private void perform(PlannedFault fault, Marks marks) throws InterruptedException {
        switch (fault.kind()) {
            case KILL_NODE -> killNode(fault, marks);
            case FREEZE_NODE -> freezeNode(fault, marks);
            case STOP_NODE -> restart(node(fault), fault.length(), marks);
            case DRAIN_NODE -> drainNode(fault, marks);
            case ROLLING_RESTART -> rollingRestart(fault, marks);
            case JOIN_AND_LEAVE -> joinAndLeave(fault, marks);
            case CUT_DATABASE -> disturbDatabase(fault, Flow.CUT, marks);
            case HOLD_DATABASE -> disturbDatabase(fault, Flow.HELD, marks);
            case CUT_PEERS -> disturbPeers(fault, Flow.CUT, marks);
            case HOLD_PEERS -> disturbPeers(fault, Flow.HELD, marks);
            case CUT_DOOR -> disturbDoor(fault, Flow.CUT, marks);
            case HOLD_DOOR -> disturbDoor(fault, Flow.HELD, marks);
            case KILL_WORKER -> killWorker(fault, marks);
            case FREEZE_WORKER -> freezeWorker(fault, marks);
            case STOP_WORKER -> stopWorker(fault, marks);
            case CUT_WORKER -> disturbWorker(fault, Flow.CUT, marks);
            case HOLD_WORKER -> disturbWorker(fault, Flow.HELD, marks);
            case RESTART_POSTGRES -> restartDatabase(fault, marks);
            case CRASH_POSTGRES -> crashDatabase(fault, marks);
            case POWER_CUT -> cutPower(fault, marks);
        }
    }

    private void killNode(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureNode node = node(fault);
        marks.add("killed");
        node.kill();
        Thread.sleep(fault.length());
        marks.add("joins");
        node.start();
        node.awaitReady();
    }

    private void freezeNode(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureNode node = node(fault);
        marks.add("frozen");
        Signal.STOP.send(node.pid());
        try {
            Thread.sleep(fault.length());
        } finally {
            marks.add("thawed");
            Signal.CONT.send(node.pid());
        }
    }

    private static void restart(TortureNode node, Duration length, Marks marks) throws InterruptedException {
        marks.add("leaves");
        node.leave();
        Thread.sleep(length);
        marks.add("joins");
        node.start();
        node.awaitReady();
    }

    private void drainNode(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureNode node = node(fault);
        marks.add("is drained");
        cluster.command(node, "drain");
        cluster.awaitEmpty(node);
        Thread.sleep(fault.length());
        marks.add("serves again");
        cluster.command(node, "serve");
    }

    private void rollingRestart(PlannedFault fault, Marks marks) throws InterruptedException {
        for (TortureNode node : List.copyOf(cluster.nodes())) {
            restart(node, fault.length(), marks);
            // As a careful operator: the next one goes when this one is back.
            var _ = cluster.becomesWhole();
        }
    }

    private void joinAndLeave(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureNode node = cluster.newNode();
        try {
            marks.add("joins");
            node.start();
            node.awaitReady();
            Thread.sleep(fault.length());
            marks.add("leaves");
            node.leave();
        } finally {
            cluster.remove(node);
        }
    }

    private void disturbDatabase(PlannedFault fault, Flow flow, Marks marks) throws InterruptedException {
        disturb(List.of(node(fault).databaseDoor()), everything(), flow, fault.length(), marks);
    }

    /** Both what others ask of the node and what it asks of them. */
    private void disturbPeers(PlannedFault fault, Flow flow, Marks marks) throws InterruptedException {
        TortureNode lonely = node(fault);
        long pid = lonely.pid();
        List<TcpProxy> doors =
                cluster.nodes().stream().map(TortureNode::peerDoor).toList();
        disturb(doors, link -> link.target().equals(lonely.name()) || link.isFrom(pid), flow, fault.length(), marks);
    }

    /** The worker knows all nodes, and would go to another one by itself. */
    private void disturbWorker(PlannedFault fault, Flow flow, Marks marks) throws InterruptedException {
        TortureWorker worker = worker(fault);
        long pid = worker.pid();
        List<TcpProxy> doors = new ArrayList<>(List.of(worker.door()));
        cluster.nodes().forEach(node -> doors.add(node.apiDoor()));
        disturb(doors, link -> link.isFrom(pid), flow, fault.length(), marks);
    }

    /** What clients and workers say to one node. */
    private void disturbDoor(PlannedFault fault, Flow flow, Marks marks) throws InterruptedException {
        TortureNode node = node(fault);
        List<TcpProxy> doors = new ArrayList<>(cluster.frontDoors());
        doors.add(node.apiDoor());
        disturb(doors, link -> link.target().equals(node.name()), flow, fault.length(), marks);
    }

    private static void disturb(
            List<TcpProxy> doors, Predicate<TcpProxy.Link> about, Flow flow, Duration length, Marks marks)
            throws InterruptedException {
        Disturbance disturbance = new Disturbance(about, flow);
        marks.add("cut off");
        doors.forEach(door -> door.disturb(disturbance));
        try {
            Thread.sleep(length);
        } finally {
            marks.add("connected again");
            doors.forEach(door -> door.calm(disturbance));
        }
    }

    private void killWorker(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureWorker worker = worker(fault);
        marks.add("killed");
        worker.kill();
        Thread.sleep(fault.length());
        marks.add("back");
        worker.start();
        worker.awaitReady();
    }

    private void freezeWorker(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureWorker worker = worker(fault);
        marks.add("frozen");
        Signal.STOP.send(worker.pid());
        try {
            Thread.sleep(fault.length());
        } finally {
            marks.add("thawed");
            Signal.CONT.send(worker.pid());
        }
    }

    private void stopWorker(PlannedFault fault, Marks marks) throws InterruptedException {
        TortureWorker worker = worker(fault);
        marks.add("drains");
        worker.drain();
        Thread.sleep(fault.length());
        marks.add("back");
        worker.start();
        worker.awaitReady();
    }

    private void restartDatabase(PlannedFault fault, Marks marks) throws InterruptedException {
        marks.add("stopped");
        cluster.database().stop();
        Thread.sleep(fault.length());
        cluster.database().startAgain();
        marks.add("back");
    }

    private void crashDatabase(PlannedFault fault, Marks marks) throws InterruptedException {
        marks.add("crashed");
        cluster.database().crash();
        Thread.sleep(fault.length());
        cluster.database().startAgain();
        marks.add("back");
    }

    private void cutPower(PlannedFault fault, Marks marks) throws InterruptedException {
        marks.add("killed");
        cluster.database().crash();
        for (TortureNode node : cluster.nodes()) {
            node.kill();
        }
        for (TortureWorker worker : cluster.workers()) {
            worker.kill();
        }
        Thread.sleep(fault.length());
        cluster.database().startAgain();
        marks.add("back");
        cluster.nodes().forEach(TortureNode::start);
        cluster.workers().forEach(TortureWorker::start);
        for (TortureNode node : cluster.nodes()) {
            node.awaitReady();
        }
        for (TortureWorker worker : cluster.workers()) {
            worker.awaitReady();
        }
    }

    private static Predicate<TcpProxy.Link> everything() {
        return link -> true;
    }

    private TortureNode node(PlannedFault fault) {
        return cluster.nodes().get(fault.target());
    }

    private TortureWorker worker(PlannedFault fault) {
        return cluster.workers().get(fault.target());
    }

    /** What was done when. */
    private static final class Marks {
        private final List<FaultTrace.Mark> list = new ArrayList<>();

        void add(String phase) {
            list.add(new FaultTrace.Mark(Instant.now(), phase));
        }

        List<FaultTrace.Mark> list() {
            return list;
        }
    }
}

package io.orquestrax.server.peer;

import io.orquestrax.protocol.cluster.v1.Deployed;
import io.orquestrax.protocol.cluster.v1.Done;
import io.orquestrax.protocol.cluster.v1.Request;
import io.orquestrax.protocol.cluster.v1.Response;
import io.orquestrax.server.cluster.Roster;
import io.orquestrax.server.cluster.RosterSource;
import io.orquestrax.server.partition.PlanLookup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has every node forget which version of a definition was the highest. */
public final class DeploymentNews {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentNews.class);
    private static final Response DONE =
            Response.newBuilder().setDone(Done.getDefaultInstance()).build();

    private final PlanLookup plans;
    private final Peers peers;
    private final RosterSource roster;

    public DeploymentNews(PlanLookup plans, Peers peers, RosterSource roster) {
        this.plans = plans;
        this.peers = peers;
        this.roster = roster;
    }

    /** Before the first deployment. */
    public void begin() {
        peers.respond(Request.RequestCase.DEPLOYED, (node, request) -> {
            Deployed deployed = request.getDeployed();
            plans.forget(deployed.getNamespace(), deployed.getName());
            return CompletableFuture.completedFuture(DONE);
        });
        plans.connect(this::announce);
    }

    /** Until every node has heard of it, or what one that has not remembers is too old to be used. */
    private void announce(String namespace, String name) {
        Request request = Request.newBuilder()
                .setDeployed(Deployed.newBuilder().setNamespace(namespace).setName(name))
                .build();
        Roster now = roster.current();
        CompletableFuture<?>[] heard = now.members().stream()
                .filter(member -> member.isAlive() && !member.id().equals(now.self()))
                .map(member ->
                        peers.call(member.id(), request).exceptionallyCompose(unheard -> new CompletableFuture<>()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(heard).get(PlanLookup.HIGHEST_STAYS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unheard) {
            LOG.debug("Not every node said that it heard of {}/{}", namespace, name, unheard);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

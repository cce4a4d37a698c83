package io.orquestrax.dashboard;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListenerAdapter;
import io.orquestrax.dashboard.cluster.ClusterScreen;
import io.orquestrax.dashboard.definitions.DefinitionsScreen;
import io.orquestrax.dashboard.definitions.DeployScreen;
import io.orquestrax.dashboard.events.EventsScreen;
import io.orquestrax.dashboard.events.PublishScreen;
import io.orquestrax.dashboard.functions.DeployFunctionScreen;
import io.orquestrax.dashboard.functions.FunctionsScreen;
import io.orquestrax.dashboard.instance.InstanceScreen;
import io.orquestrax.dashboard.instances.InstancesScreen;
import io.orquestrax.dashboard.page.Theme;
import io.orquestrax.dashboard.schedules.SchedulesScreen;
import io.orquestrax.dashboard.web.Assets;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.LiveStreams;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dashboard.webhooks.WebhookFormScreen;
import io.orquestrax.dashboard.webhooks.WebhooksScreen;
import io.orquestrax.dashboard.workers.WorkersScreen;
import io.orquestrax.server.node.HttpDoor;
import io.orquestrax.server.node.NodeServices;
import io.orquestrax.server.orchestration.Orchestration;
import java.time.Clock;
import java.time.Duration;

/** Puts the dashboard on a node's port. */
public final class DashboardDoor implements HttpDoor {
    /** Half of what the page's script takes for a lost connection, and a little less. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    @Override
    public void open(ServerBuilder server, NodeServices services) {
        Clock clock = Clock.systemUTC();
        Assets assets = new Assets();
        Frames frames = new Frames(assets);
        LiveStreams streams = new LiveStreams(clock, BEAT);
        Routes routes = new Routes(server, frames, streams, clock);
        Orchestration orchestration = services.orchestration();

        assets.serve(server);
        routes.get("/", request -> new PageReply.SeeOther("/instances"));
        routes.post("/theme", DashboardDoor::chooseTheme);
        new InstancesScreen(orchestration, services.commits(), frames).open(routes);
        new InstanceScreen(orchestration, services.commits(), services.work(), frames).open(routes);
        new DeployScreen(orchestration, frames).open(routes);
        new DefinitionsScreen(orchestration, frames).open(routes);
        new DeployFunctionScreen(orchestration.functions(), frames).open(routes);
        new FunctionsScreen(orchestration.functions(), frames).open(routes);
        new SchedulesScreen(orchestration, services.schedules(), services.commits(), frames).open(routes);
        new PublishScreen(orchestration.events(), frames).open(routes);
        new EventsScreen(orchestration.events(), services.events(), frames).open(routes);
        new WebhookFormScreen(orchestration.webhooks(), frames).open(routes);
        new WebhooksScreen(orchestration.webhooks(), services.settings(), frames).open(routes);
        new WorkersScreen(orchestration, services.work(), frames).open(routes);
        new ClusterScreen(orchestration, services.cluster(), frames).open(routes);
        routes.nothingElse();
        server.serverListener(new ServerListenerAdapter() {
            @Override
            public void serverStopping(Server stopping) {
                streams.closeAll();
            }
        });
    }

    private static PageReply chooseTheme(PageRequest request) {
        return new PageReply.ThemeChosen(Theme.ofText(request.field("theme")).text(), request.cameFrom());
    }
}

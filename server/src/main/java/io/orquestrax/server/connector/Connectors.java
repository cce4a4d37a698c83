package io.orquestrax.server.connector;

import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.server.connector.asyncapi.AsyncApiConnector;
import io.orquestrax.server.connector.authentication.Authenticator;
import io.orquestrax.server.connector.container.ContainerConnector;
import io.orquestrax.server.connector.grpc.GrpcConnector;
import io.orquestrax.server.connector.http.HttpCaller;
import io.orquestrax.server.connector.http.HttpConnector;
import io.orquestrax.server.connector.http.HttpSender;
import io.orquestrax.server.connector.http.Resources;
import io.orquestrax.server.connector.openapi.OpenApiConnector;
import io.orquestrax.server.connector.process.Machine;
import io.orquestrax.server.connector.process.ScriptConnector;
import io.orquestrax.server.connector.process.ShellConnector;
import io.orquestrax.server.connector.rpc.A2aConnector;
import io.orquestrax.server.connector.rpc.McpConnector;
import io.orquestrax.server.connector.secret.SecretProvider;
import io.orquestrax.server.connector.secret.Secrets;
import io.orquestrax.server.settings.ConnectorSettingCatalog;
import io.orquestrax.server.settings.InvalidSettingException;
import io.orquestrax.server.settings.Setting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connectors that this process runs, and what they share. */
public final class Connectors implements AutoCloseable {
    /** Those that start processes on the machine, which they do only where an operator names them. */
    public static final Set<String> ON_DEMAND =
            Set.of(ShellConnector.TYPE, ScriptConnector.TYPE, ContainerConnector.TYPE);

    /** Of all connectors that there are. */
    public static final Set<String> TYPES = Set.of(
            HttpConnector.TYPE,
            OpenApiConnector.TYPE,
            GrpcConnector.TYPE,
            ShellConnector.TYPE,
            ScriptConnector.TYPE,
            McpConnector.TYPE,
            A2aConnector.TYPE,
            AsyncApiConnector.TYPE,
            ContainerConnector.TYPE);

    private final HttpSender sender;
    private final ExternalResources outside;
    private final SecretProvider secrets;
    private final List<ConnectorWork> works;
    private final List<Connector> all;

    private Connectors(
            HttpSender sender,
            ExternalResources outside,
            SecretProvider secrets,
            List<ConnectorWork> works,
            List<Connector> all) {
        this.sender = sender;
        this.outside = outside;
        this.secrets = secrets;
        this.works = List.copyOf(works);
        this.all = List.copyOf(all);
    }

    /**
     * @param environment where secrets may stand
     * @param version of the product
     * @throws InvalidSettingException for a type that there is no connector for
     */
    public static Connectors of(ConnectorSettings settings, Map<String, String> environment, String version) {
        Secrets secrets = Secrets.of(environment, settings.secrets().orElse(null));
        HttpSender sender = new HttpSender(
                settings.limits(), settings.hosts(), settings.overrides(), settings.capacity(), settings.trust());
        HttpCaller caller = new HttpCaller(sender, version);
        InstantSource clock = InstantSource.system();
        Resources resources = new Resources(
                caller, new Authenticator(sender, clock), settings.files().orElse(null));
        Machine machine = new Machine(settings.processes());
        List<ConnectorWork> known = List.of(
                new HttpConnector(caller, resources.authentications()),
                new OpenApiConnector(resources, settings.documentMaxBytes(), clock),
                new GrpcConnector(resources, sender.destinations(), settings.trust(), settings.grpc(), clock, version),
                new ShellConnector(machine),
                new ScriptConnector(machine, resources),
                new McpConnector(resources, machine, settings.rpc(), settings.mcpCommands(), version),
                new A2aConnector(resources, settings.rpc()),
                new AsyncApiConnector(
                        resources,
                        sender.destinations(),
                        settings.trust().context(settings.clientKey()),
                        settings.asyncapi(),
                        clock),
                new ContainerConnector(
                        settings.containerEngine(), settings.processes(), settings.containerVolumes(), clock));
        List<Connector> all = new ArrayList<>();
        try {
            for (String type : settings.types()) {
                GuardedConnector connector =
                        new GuardedConnector(work(type, known, ConnectorSettingCatalog.CONNECTORS), secrets);
                if (!settings.refused().contains(type)) {
                    all.add(connector);
                    connector.work().begin();
                }
            }
            for (String type : settings.refused()) {
                all.add(new RefusedConnector(work(type, known, ConnectorSettingCatalog.CONNECTORS_REFUSED)
                        .type()));
            }
        } catch (RuntimeException invalid) {
            known.forEach(ConnectorWork::close);
            sender.close();
            throw invalid;
        }
        return new Connectors(sender, new FetchedResources(resources, secrets), secrets, known, all);
    }

    private static ConnectorWork work(String type, List<ConnectorWork> known, Setting<?> setting) {
        return known.stream()
                .filter(work -> work.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("Expected "
                        + setting.name() + " to name connectors out of "
                        + known.stream().map(ConnectorWork::type).toList() + ", but \"" + type + "\" is none."));
    }

    public List<Connector> all() {
        return all;
    }

    /** Where this process reads secrets. */
    public SecretProvider secrets() {
        return secrets;
    }

    /** What definitions refer to, by the same rules as what they call. */
    public ExternalResources resources() {
        return outside;
    }

    @Override
    public void close() {
        works.forEach(ConnectorWork::close);
        sender.close();
    }
}

package io.orquestrax.sdk;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets a channel go on with another node of a list where one is lost, beginning with any of them so that many clients
 * spread.
 */
final class NodeListResolver extends NameResolver {
    private static final String SCHEME = "orquestrax-nodes";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new Provider());
    }

    private final List<String> addresses;
    private final Executor executor;
    private @Nullable Listener2 listener;

    private NodeListResolver(List<String> addresses, Executor executor) {
        this.addresses = addresses;
        this.executor = executor;
    }

    /** The target of a channel to these nodes, {@code host:port} each. */
    static String target(List<String> addresses) {
        return SCHEME + ":" + String.join(",", addresses).replace("[", "%5B").replace("]", "%5D");
    }

    @Override
    public String getServiceAuthority() {
        return addresses.getFirst();
    }

    @Override
    public void start(Listener2 newListener) {
        listener = newListener;
        resolve(newListener);
    }

    /** Names may lead elsewhere by now. */
    @Override
    public void refresh() {
        Listener2 current = listener;
        if (current != null) {
            resolve(current);
        }
    }

    /** Names are looked up elsewhere: the caller's thread is the channel's. */
    private void resolve(Listener2 current) {
        executor.execute(() -> {
            List<EquivalentAddressGroup> nodes = new ArrayList<>();
            addresses.forEach(address -> node(address).ifPresent(nodes::add));
            if (nodes.isEmpty()) {
                current.onError(Status.UNAVAILABLE.withDescription(
                        "Expected to know one of the hosts of " + addresses + ", but none is known"));
                return;
            }
            Collections.shuffle(nodes);
            current.onResult(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(nodes))
                    .build());
        });
    }

    /** Empty for a host that nobody knows now; the others of the list go without it. */
    private static Optional<EquivalentAddressGroup> node(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replace("[", "").replace("]", "");
        InetSocketAddress socket = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        if (socket.isUnresolved()) {
            return Optional.empty();
        }
        // Each node is asked for its own certificate.
        return Optional.of(new EquivalentAddressGroup(
                socket,
                Attributes.newBuilder()
                        .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, address)
                        .build()));
    }

    @Override
    public void shutdown() {
        // The list needs nothing.
    }

    private static final class Provider extends NameResolverProvider {
        @Override
        public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
            return SCHEME.equals(target.getScheme())
                    ? new NodeListResolver(
                            Arrays.asList(target.getSchemeSpecificPart().split(",")), executor(arguments))
                    : null;
        }

        private static Executor executor(NameResolver.Args arguments) {
            Executor offered = arguments.getOffloadExecutor();
            return offered == null ? task -> Thread.ofVirtual().start(task) : offered;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        /** Not to become the scheme of targets that name none. */
        @Override
        protected int priority() {
            return 0;
        }
    }
}

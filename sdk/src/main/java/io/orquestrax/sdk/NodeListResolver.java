package io.orquestrax.sdk;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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

    private NodeListResolver(List<String> addresses) {
        this.addresses = addresses;
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
    public void start(Listener2 listener) {
        List<EquivalentAddressGroup> nodes =
                new ArrayList<>(addresses.stream().map(NodeListResolver::node).toList());
        Collections.shuffle(nodes);
        listener.onResult(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(nodes))
                .build());
    }

    private static EquivalentAddressGroup node(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replace("[", "").replace("]", "");
        InetSocketAddress socket =
                InetSocketAddress.createUnresolved(host, Integer.parseInt(address.substring(colon + 1)));
        // Each node is asked for its own certificate.
        return new EquivalentAddressGroup(
                socket,
                Attributes.newBuilder()
                        .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, address)
                        .build());
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
                            Arrays.asList(target.getSchemeSpecificPart().split(",")))
                    : null;
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

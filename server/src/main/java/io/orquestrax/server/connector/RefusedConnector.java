package io.orquestrax.server.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.StandardError;
import io.orquestrax.server.settings.ConnectorSettingCatalog;

/** What an operator does not let anybody do: whoever tries is told so, and does not wait for it. */
record RefusedConnector(String type) implements Connector {

    @Override
    public JsonNode execute(ConnectorCall call) throws ConnectorFailure {
        throw ConnectorFailure.of(
                StandardError.AUTHORIZATION,
                "Connector not allowed",
                "Expected a connector that an operator allows, but " + type + " stands in "
                        + ConnectorSettingCatalog.CONNECTORS_REFUSED.name() + ".");
    }
}

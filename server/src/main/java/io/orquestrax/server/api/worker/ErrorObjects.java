package io.orquestrax.server.api.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.plan.WorkflowError;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.List;
import java.util.Locale;

/** Error objects of the DSL as workers report them: what is absent has a default, what is there must fit. */
final class ErrorObjects {
    private ErrorObjects() {}

    /**
     * @throws ServiceException {@code invalid-request} that says what was expected where
     */
    static WorkflowError read(JsonNode json) {
        if (!json.isObject()) {
            throw RequestReader.invalid("Expected an error object {type, status, title, detail}, but got "
                    + json.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        for (String member : List.of("type", "title", "detail", "instance")) {
            JsonNode value = json.path(member);
            if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
                throw RequestReader.invalid(
                        "Expected a string at error/" + member + ", but got " + value.getNodeType());
            }
        }
        JsonNode status = json.path("status");
        boolean isStatus = status.isIntegralNumber() && status.intValue() >= 100 && status.intValue() <= 599;
        if (!isStatus && !status.isMissingNode() && !status.isNull()) {
            throw RequestReader.invalid("Expected a status from 100 to 599 at error/status, but got " + status);
        }
        return WorkflowError.fromJson(json);
    }
}

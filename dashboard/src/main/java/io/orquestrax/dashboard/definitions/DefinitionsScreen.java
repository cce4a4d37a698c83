package io.orquestrax.dashboard.definitions;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dashboard.page.Address;
import io.orquestrax.dashboard.page.JsonView;
import io.orquestrax.dashboard.page.Section;
import io.orquestrax.dashboard.web.Answers;
import io.orquestrax.dashboard.web.Frames;
import io.orquestrax.dashboard.web.PageReply;
import io.orquestrax.dashboard.web.PageRequest;
import io.orquestrax.dashboard.web.Routes;
import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.server.orchestration.StartRequest;
import io.orquestrax.store.definition.StoredDefinition;
import io.orquestrax.store.instance.InstanceRow;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The definitions, and the page of one of them with the form that starts an instance. */
public final class DefinitionsScreen {
    private static final int PAGE_SIZE = 100;

    private final Orchestration orchestration;
    private final Frames frames;

    public DefinitionsScreen(Orchestration orchestration, Frames frames) {
        this.orchestration = orchestration;
        this.frames = frames;
    }

    public void open(Routes routes) {
        routes.get("/definitions", this::list);
        routes.get("/definitions/{namespace}/{name}/{version}", this::show);
        routes.post("/definitions/{namespace}/{name}/{version}/start", this::start);
        routes.nothingBelow("/definitions");
    }

    private PageReply list(PageRequest request) {
        DefinitionsPage page = DefinitionsPage.of(
                orchestration.definitions(request.caller(), null, null, PAGE_SIZE, request.queryOrNull("page")));
        return PageReply.ok(frames.page(request, "Definitions", Section.DEFINITIONS, null, "definitions/page", page));
    }

    private PageReply show(PageRequest request) {
        return page(request, 200, StartForm.of("", offeredInput(request)));
    }

    /** Of the instance that is to be started once more, where the address names one. */
    private String offeredInput(PageRequest request) {
        String from = request.query("from");
        if (from.isEmpty()) {
            return "{}";
        }
        try {
            String input = orchestration
                    .instance(request.caller(), UUID.fromString(from))
                    .input();
            JsonView view = JsonView.ofText(input, "");
            return view == null || view.isCut() ? "{}" : view.text();
        } catch (IllegalArgumentException | ServiceException noSuchInstance) {
            return "{}";
        }
    }

    private PageReply start(PageRequest request) {
        StartForm form = StartForm.of(request.field("key").strip(), request.field("input"));
        JsonNode input;
        try {
            input = Json.read(form.input());
        } catch (JsonProcessingException malformed) {
            return page(request, 400, form.withInputError(explain(malformed), List.of()));
        }
        DefinitionId id = id(request);
        StartRequest start = new StartRequest(
                id.namespace(), id.name(), id.version(), form.key().isEmpty() ? null : form.key(), input, Map.of());
        try {
            InstanceRow instance =
                    Answers.await(orchestration.start(request.caller(), start)).instance();
            return new PageReply.SeeOther(Address.instance(instance.id()));
        } catch (ServiceException refused) {
            int status = refused.code().httpStatus();
            if (refused.code() == ErrorCode.KEY_CONFLICT) {
                return page(request, status, form.withKeyError(refused.detail()));
            }
            if (refused.code() == ErrorCode.DEFINITION_NOT_FOUND) {
                throw refused;
            }
            return page(request, status, form.withInputError(refused.detail(), refused.violations()));
        }
    }

    private static String explain(JsonProcessingException malformed) {
        JsonLocation place = malformed.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? ""
                : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        return "Expected one JSON value, but" + where + ": " + Json.reason(malformed);
    }

    private PageReply page(PageRequest request, int status, StartForm form) {
        DefinitionId id = id(request);
        StoredDefinition definition = orchestration.definition(request.caller(), id);
        List<StoredDefinition> versions = orchestration
                .definitions(request.caller(), id.namespace(), id.name(), PAGE_SIZE, null)
                .items();
        DefinitionPage page = new DefinitionPage(definition, new SourceText(definition.source()), versions, form);
        return new PageReply.Html(
                status, frames.page(request, page.title(), Section.DEFINITIONS, null, "definitions/definition", page));
    }

    private static DefinitionId id(PageRequest request) {
        return new DefinitionId(request.path("namespace"), request.path("name"), request.path("version"));
    }
}

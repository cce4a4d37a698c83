package io.orquestrax.server.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.Compilation;
import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.dsl.plan.DetachedProcess;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.partition.PlanCache;
import io.orquestrax.server.partition.PlanLookup;
import io.orquestrax.server.schedule.DefinitionSchedules;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.definition.StoredDefinition;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deploys definitions and finds their plans. */
final class DefinitionService {
    private final Definitions definitions;
    private final DefinitionSchedules schedules;
    private final DocumentChecks checks;
    private final PlanCache plans;
    private final PlanLookup lookup;
    private final Clock clock;

    DefinitionService(
            Definitions definitions,
            DefinitionSchedules schedules,
            DocumentChecks checks,
            PlanCache plans,
            PlanLookup lookup,
            Clock clock) {
        this.definitions = definitions;
        this.schedules = schedules;
        this.checks = checks;
        this.plans = plans;
        this.lookup = lookup;
        this.clock = clock;
    }

    Deployment deploy(Caller caller, byte[] source) {
        String text = decode(source);
        DocumentChecks.Checked checked = checks.compile(text);
        Compilation compilation = checked.compilation();
        List<Problem> warnings = warnings(compilation);
        Plan plan = compilation
                .plan()
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.INVALID_DEFINITION,
                        "Expected a valid workflow document, but found " + count(compilation) + ".",
                        compilation.problems()));
        refuseNameOfOwn(plan);
        DetachedProcess.startedBy(plan).forEach(this::deployOwn);
        StoredDefinition definition = stored(plan, text, checked.resources(), caller.principal());
        return switch (definitions.deploy(definition, schedules.deployment(plan)::write)) {
            case CREATED -> {
                plans.put(plan);
                schedules.changed();
                lookup.deployed(plan.id());
                yield new Deployment(definition, true, warnings);
            }
            case UNCHANGED -> new Deployment(find(plan.id()), false, warnings);
            case CONFLICT ->
                throw new ServiceException(
                        ErrorCode.DEFINITION_CONFLICT,
                        "Expected a new version, but " + plan.id()
                                + " is deployed already with other content. A deployed version never changes.");
        };
    }

    /** Others would run what somebody else wrote. */
    private static void refuseNameOfOwn(Plan plan) {
        boolean isTaken = DetachedProcess.named(plan.id().namespace(), plan.id().name())
                .filter(own -> !DocumentCompiler.contentHash(own.source()).equals(plan.contentHash()))
                .isPresent();
        if (isTaken) {
            throw new ServiceException(
                    ErrorCode.DEFINITION_CONFLICT,
                    "Expected another name than " + plan.id().namespace() + "/"
                            + plan.id().name() + ", which is a workflow of the platform itself.");
        }
    }

    /** Before the first definition that needs it, so that none ever runs without. */
    private void deployOwn(DetachedProcess own) {
        DocumentChecks.Checked checked = checks.compile(own.source());
        Plan plan = checked.compilation()
                .plan()
                .orElseThrow(() -> new IllegalStateException("Expected " + own.id() + " to compile, but: "
                        + checked.compilation().problems()));
        definitions.deploy(stored(plan, own.source(), checked.resources(), DetachedProcess.NAMESPACE));
    }

    private StoredDefinition stored(Plan plan, String text, JsonNode resources, String by) {
        return new StoredDefinition(
                plan.id(), plan.contentHash(), plan.title(), plan.summary(), text, resources, clock.instant(), by);
    }

    List<Problem> validate(byte[] source) {
        return checks.compile(decode(source)).compilation().problems();
    }

    StoredDefinition find(DefinitionId id) {
        return definitions.find(id).orElseThrow(() -> notFound(id.toString()));
    }

    StoredDefinition findHighest(String namespace, String name) {
        return definitions.findHighest(namespace, name).orElseThrow(() -> notFound(namespace + "/" + name));
    }

    /**
     * @param version absent for the highest
     */
    Plan plan(String namespace, String name, @Nullable String version) {
        return lookup.find(namespace, name, version)
                .orElseThrow(() -> notFound(
                        version == null
                                ? namespace + "/" + name
                                : new DefinitionId(namespace, name, version).toString()));
    }

    private static List<Problem> warnings(Compilation compilation) {
        return compilation.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .toList();
    }

    private static String count(Compilation compilation) {
        long errors = compilation.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        return errors == 1 ? "1 error" : errors + " errors";
    }

    private static String decode(byte[] source) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(source);
        CharBuffer text = CharBuffer.allocate(source.length);
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            throw new ServiceException(
                    ErrorCode.INVALID_ENCODING,
                    "Expected text in UTF-8, but the byte at offset " + bytes.position() + " is not.");
        }
        return text.flip().toString();
    }

    private static ServiceException notFound(String what) {
        return new ServiceException(
                ErrorCode.DEFINITION_NOT_FOUND, "Expected the definition " + what + ", but there is none.");
    }
}

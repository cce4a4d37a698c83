package io.orquestrax.server.function;

import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.ExternalResources;
import io.orquestrax.dsl.Problem;
import io.orquestrax.dsl.plan.DefinitionId;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.live.ChangeFeed;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Page;
import io.orquestrax.store.definition.Definitions;
import io.orquestrax.store.function.StoredFunction;
import io.orquestrax.store.function.StoredFunctions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deploys functions to the default catalog, and shows them, for every door. Blocks. */
public final class FunctionService {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION = Pattern.compile(
            "(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z.-]{1,60})?(\\+[0-9A-Za-z.-]{1,60})?");
    private static final int MOST_VERSIONS = 100;

    private final StoredFunctions functions;
    private final Definitions definitions;
    private final DocumentCompiler compiler;
    private final Clock clock;
    private final ChangeFeed changes = new ChangeFeed("functions");

    public FunctionService(StoredFunctions functions, Definitions definitions, DocumentCompiler compiler, Clock clock) {
        this.functions = functions;
        this.definitions = definitions;
        this.compiler = compiler;
        this.clock = clock;
    }

    /**
     * What became of a deployment.
     *
     * @param isNew false where the same function could be called already
     */
    public record Deployed(StoredFunction function, boolean isNew) {}

    /** Deployed or retired at this node. */
    public ChangeFeed changes() {
        return changes;
    }

    /** What would be told of a source if it were deployed; deploys nothing. */
    public List<Problem> validate(String source) {
        return compiler.problemsOfFunction(source);
    }

    /**
     * Makes it callable by definitions that are deployed from now on, or once more where it was retired.
     *
     * @param source of the task, YAML or JSON
     * @throws ServiceException where it is none, or the version is there with other content
     */
    public Deployed deploy(Caller caller, String name, String version, String source) {
        if (!NAME.matcher(name).matches() || !VERSION.matcher(version).matches()) {
            throw new ServiceException(
                    ErrorCode.INVALID_REQUEST,
                    "Expected a name of letters, digits, '.', '_' and '-', and a semantic version such as 1.0.0, but got \""
                            + name + "\" and \"" + version + "\".");
        }
        List<Problem> problems = compiler.problemsOfFunction(source);
        if (problems.stream().anyMatch(each -> each.severity() == Problem.Severity.ERROR)) {
            throw new ServiceException(
                    ErrorCode.INVALID_DEFINITION, "Expected a task, as a function is one, but it is none.", problems);
        }
        StoredFunction function = new StoredFunction(
                name, version, DocumentCompiler.contentHash(source), source, clock.instant(), caller.principal(), null);
        boolean isNew = Orchestration.read(() -> functions.deploy(function));
        StoredFunction present = find(name, version);
        if (!present.contentHash().equals(function.contentHash())) {
            throw new ServiceException(
                    ErrorCode.DEFINITION_CONFLICT,
                    "Expected a new version, but the function " + name + ":" + version
                            + " is deployed already with other content. A deployed version never changes.");
        }
        if (isNew) {
            changes.publish();
        }
        return new Deployed(present, isNew);
    }

    /**
     * Keeps new definitions from calling it; those that are deployed keep their copy. Once more changes nothing.
     *
     * @return as it is then
     */
    public StoredFunction retire(String name, String version) {
        if (Orchestration.read(() -> functions.retire(name, version, clock.instant()))) {
            changes.publish();
        }
        return find(name, version);
    }

    /** The definitions that call it and keep a copy of it, at most so many. */
    public List<DefinitionId> callers(StoredFunction function, int limit) {
        return Orchestration.read(() -> definitions.referringTo(uri(function), limit));
    }

    /** How many definitions, whatever their versions, call each of these functions. */
    public Map<StoredFunction, Integer> callerCounts(List<StoredFunction> ofThese) {
        Map<URI, Integer> counts =
                Orchestration.read(() -> definitions.referringCounts(ExternalResources.DEFAULT_CATALOG_SCHEME + ":"));
        return ofThese.stream()
                .collect(Collectors.toMap(Function.identity(), each -> counts.getOrDefault(uri(each), 0)));
    }

    private static URI uri(StoredFunction function) {
        return ExternalResources.ofDefaultCatalog(function.name(), function.version());
    }

    public StoredFunction find(String name, String version) {
        return Orchestration.read(() -> functions
                .find(name, version)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "Expected the function " + name + ":" + version + ", but there is none.")));
    }

    /** All of one name, the highest first, without their sources; at most 100. */
    public List<StoredFunction> versions(String name) {
        return Orchestration.read(() -> functions.versions(name, MOST_VERSIONS));
    }

    public Page<StoredFunction> list(int pageSize, @Nullable String pageToken) {
        return Orchestration.read(() -> functions.list(pageSize, pageToken));
    }
}

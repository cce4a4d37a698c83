package io.orquestrax.server.function;

import io.orquestrax.dsl.DocumentCompiler;
import io.orquestrax.dsl.Problem;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.orchestration.Caller;
import io.orquestrax.server.orchestration.Orchestration;
import io.orquestrax.server.orchestration.ServiceException;
import io.orquestrax.store.Page;
import io.orquestrax.store.function.StoredFunction;
import io.orquestrax.store.function.StoredFunctions;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Deploys functions to the default catalog, and shows them, for every door. Blocks. */
public final class FunctionService {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION = Pattern.compile(
            "(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}(-[0-9A-Za-z.-]{1,60})?(\\+[0-9A-Za-z.-]{1,60})?");

    private final StoredFunctions functions;
    private final DocumentCompiler compiler;
    private final Clock clock;

    public FunctionService(StoredFunctions functions, DocumentCompiler compiler, Clock clock) {
        this.functions = functions;
        this.compiler = compiler;
        this.clock = clock;
    }

    /**
     * What became of a deployment.
     *
     * @param isNew false where the same function was there already
     */
    public record Deployed(StoredFunction function, boolean isNew) {}

    /**
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
        return Orchestration.read(() -> {
            StoredFunction function = new StoredFunction(
                    name, version, DocumentCompiler.contentHash(source), source, clock.instant(), caller.principal());
            if (functions.deploy(function)) {
                return new Deployed(function, true);
            }
            StoredFunction present = find(name, version);
            if (!present.contentHash().equals(function.contentHash())) {
                throw new ServiceException(
                        ErrorCode.DEFINITION_CONFLICT,
                        "Expected a new version, but the function " + name + ":" + version
                                + " is deployed already with other content. A deployed version never changes.");
            }
            return new Deployed(present, false);
        });
    }

    public StoredFunction find(String name, String version) {
        return Orchestration.read(() -> functions
                .find(name, version)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "Expected the function " + name + ":" + version + ", but there is none.")));
    }

    public Page<StoredFunction> list(int pageSize, @Nullable String pageToken) {
        return Orchestration.read(() -> functions.list(pageSize, pageToken));
    }
}

package io.orquestrax.dashboard.functions;

import io.orquestrax.dashboard.definitions.DeployPage;

/**
 * The form that deploys a function, as the reader filled it in.
 *
 * @param deploy source, problems and notice
 */
public record FunctionForm(String name, String version, DeployPage deploy) {}

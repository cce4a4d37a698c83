package io.orquestrax.examples.pipeline;

import io.orquestrax.sdk.worker.HandlerOptions;
import io.orquestrax.sdk.worker.JobHandlers;
import io.orquestrax.sdk.worker.Registry;
import io.orquestrax.sdk.worker.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The data pipeline's three job types.
 *
 * <p>Files are looked for, and written, below the directory that the environment variable {@code
 * DATA_PIPELINE_DIRECTORY} names; below the working directory where it is not set. Workers on several machines need
 * the same directory, since a step reads what the step before it wrote.
 */
public final class PipelineHandlers implements JobHandlers {
    private static final HandlerOptions OPTIONS = HandlerOptions.NONE
            .withRetry(RetryPolicy.attempts(3).withDelay(Duration.ofMillis(500)))
            .withRunningLimit(Duration.ofMinutes(10))
            .withHeartbeatLimit(Duration.ofSeconds(30));

    private final Workspace workspace;

    /** For the service loader. */
    public PipelineHandlers() {
        this(Path.of(System.getenv().getOrDefault("DATA_PIPELINE_DIRECTORY", "")));
    }

    /**
     * For a directory of the caller's choice.
     *
     * @param directory which relative paths start from
     */
    public PipelineHandlers(Path directory) {
        this.workspace = new Workspace(directory.toAbsolutePath().normalize());
    }

    @Override
    public void register(Registry registry) {
        registry.handler("ingest", IngestFile.Input.class, OPTIONS, new IngestFile(workspace));
        registry.handler("process", ClusterRows.Input.class, OPTIONS, new ClusterRows(workspace));
        registry.handler("archive", ArchiveRows.Input.class, OPTIONS, new ArchiveRows(workspace));
    }
}

package io.orquestrax.server.api.worker;

import com.google.protobuf.Duration;
import io.orquestrax.engine.command.JobRetryPolicy;
import io.orquestrax.protocol.v1.Hello;
import io.orquestrax.protocol.v1.JobClaim;
import io.orquestrax.protocol.v1.JobType;
import io.orquestrax.protocol.v1.RetryPolicy;
import io.orquestrax.server.api.RequestReader;
import io.orquestrax.server.job.JobKeys;
import io.orquestrax.server.job.WorkerHello;
import io.orquestrax.server.orchestration.ServiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how a worker introduces itself; each mistake is told with its place. */
final class HelloReader {
    static final int MAX_CAPACITY = 100_000;
    static final int MAX_TYPES = 1_000;
    private static final int MAX_NAME = 200;
    private static final long MAX_SECONDS = java.time.Duration.ofDays(36_500).toSeconds();

    private HelloReader() {}

    /**
     * @throws ServiceException {@code invalid-request}
     */
    static WorkerHello read(Hello hello) {
        String id = requiredText(hello.getWorkerId(), "hello.worker_id");
        require(
                hello.getCapacity() >= 1 && hello.getCapacity() <= MAX_CAPACITY,
                "a capacity from 1 to " + MAX_CAPACITY,
                "hello.capacity",
                hello.getCapacity());
        return new WorkerHello(
                id,
                hello.getName().isBlank() ? id : text(hello.getName(), "hello.name"),
                types(hello.getTypesList()),
                hello.getCapacity(),
                text(hello.getHost(), "hello.host"),
                hello.getPid(),
                text(hello.getLanguage(), "hello.language"),
                text(hello.getSdkVersion(), "hello.sdk_version"),
                text(hello.getBuildId(), "hello.build_id"),
                claims(hello.getClaimsList()));
    }

    private static List<WorkerHello.JobType> types(List<JobType> types) {
        require(
                !types.isEmpty() && types.size() <= MAX_TYPES,
                "1 to " + MAX_TYPES + " job types",
                "hello.types",
                types.size());
        List<WorkerHello.JobType> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JobType type : types) {
            String place = "hello.types[" + read.size() + "]";
            WorkerHello.JobType next = type(type, place);
            require(names.add(next.type()), "each job type once", place + ".type", next.type());
            read.add(next);
        }
        return read;
    }

    private static WorkerHello.JobType type(JobType type, String place) {
        return new WorkerHello.JobType(
                requiredText(type.getType(), place + ".type"),
                type.hasRetry() ? retry(type.getRetry(), place + ".retry") : null,
                type.hasRunningLimit() ? limit(type.getRunningLimit(), place + ".running_limit") : null,
                type.hasHeartbeatLimit() ? limit(type.getHeartbeatLimit(), place + ".heartbeat_limit") : null);
    }

    private static JobRetryPolicy retry(RetryPolicy retry, String place) {
        require(retry.getMaxAttempts() >= 1, "at least 1", place + ".max_attempts", retry.getMaxAttempts());
        double backoff = retry.getBackoff() == 0 ? 1 : retry.getBackoff();
        require(backoff >= 1 && backoff <= 1_000, "a factor from 1 to 1000", place + ".backoff", backoff);
        require(
                retry.getJitter() >= 0 && retry.getJitter() <= 1,
                "a part from 0 to 1",
                place + ".jitter",
                retry.getJitter());
        retry.getNonRetryableErrorsList().forEach(type -> requiredText(type, place + ".non_retryable_errors"));
        return new JobRetryPolicy(
                retry.getMaxAttempts(),
                duration(retry.getDelay(), place + ".delay"),
                backoff,
                maxDelay(retry, place),
                retry.getJitter(),
                Set.copyOf(retry.getNonRetryableErrorsList()));
    }

    private static java.time.@Nullable Duration maxDelay(RetryPolicy retry, String place) {
        return retry.hasMaxDelay() ? duration(retry.getMaxDelay(), place + ".max_delay") : null;
    }

    private static java.time.Duration limit(Duration limit, String place) {
        java.time.Duration read = duration(limit, place);
        require(read.isPositive(), "a positive duration", place, read);
        return read;
    }

    private static java.time.Duration duration(Duration duration, String place) {
        boolean isDuration = duration.getSeconds() >= 0
                && duration.getSeconds() <= MAX_SECONDS
                && duration.getNanos() >= 0
                && duration.getNanos() < 1_000_000_000;
        require(isDuration, "a duration of 0 to 100 years", place, duration.getSeconds() + " s");
        return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    private static List<WorkerHello.Claim> claims(List<JobClaim> claims) {
        List<WorkerHello.Claim> read = new ArrayList<>();
        for (JobClaim claim : claims) {
            String place = "hello.claims[" + read.size() + "].key";
            read.add(new WorkerHello.Claim(
                    JobKeys.read(claim.getKey())
                            .orElseThrow(() -> RequestReader.invalid(
                                    "Expected the key of a job (a UUID, and activation and attempt from 1) at " + place
                                            + ", but got another one")),
                    claim.hasStartedAt() ? Results.instant(claim.getStartedAt()) : null));
        }
        return read;
    }

    private static String requiredText(String text, String place) {
        require(!text.isBlank(), "some text", place, "none");
        return text(text, place);
    }

    private static String text(String text, String place) {
        RequestReader.requireLength(text, MAX_NAME, place);
        return RequestReader.requireText(text, place);
    }

    private static void require(boolean holds, String expected, String place, Object actual) {
        if (!holds) {
            throw RequestReader.invalid("Expected " + expected + " at " + place + ", but got " + actual);
        }
    }
}

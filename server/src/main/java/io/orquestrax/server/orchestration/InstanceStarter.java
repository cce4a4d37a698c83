package io.orquestrax.server.orchestration;

import io.orquestrax.dsl.json.Json;
import io.orquestrax.dsl.plan.Plan;
import io.orquestrax.engine.command.Command;
import io.orquestrax.engine.event.Origin;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.server.partition.Answer;
import io.orquestrax.server.partition.InstanceGateway;
import io.orquestrax.server.partition.UuidSequence;
import io.orquestrax.store.instance.BusinessKeys;
import io.orquestrax.store.instance.InstanceRow;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts instances, and answers repeated starts with the instance that is there. */
final class InstanceStarter {
    private final DefinitionService definitions;
    private final BusinessKeys keys;
    private final InstanceGateway instances;
    private final UuidSequence ids;
    private final StartLimits limits;
    private final Clock clock;

    InstanceStarter(
            DefinitionService definitions,
            BusinessKeys keys,
            InstanceGateway instances,
            UuidSequence ids,
            StartLimits limits,
            Clock clock) {
        this.definitions = definitions;
        this.keys = keys;
        this.instances = instances;
        this.ids = ids;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Blocks while definition and key are looked up.
     *
     * @param origin absent where nothing but the caller wants it
     * @param wait of the caller for the end; what is started may have ended where it is positive
     */
    CompletableFuture<Started> start(Caller caller, StartRequest request, @Nullable Origin origin, Duration wait) {
        limits.check(request);
        Plan plan = definitions.plan(request.namespace(), request.name(), request.version());
        Command.StartInstance command =
                new Command.StartInstance(request.key(), request.input(), request.tags(), caller.principal(), origin);
        String key = request.key();
        OwnId own = request.ownId();
        if (own != null) {
            return start(own, request, command, plan, wait);
        }
        if (key == null) {
            UUID id = ids.next();
            return instances.start(id, command, plan, true, wait).thenApply(answer -> started(answer, true));
        }
        BusinessKeys.Holder holder =
                keys.reserve(request.namespace(), request.name(), key, ids.next(), Fingerprint.of(request));
        if (!holder.sameRequest()) {
            throw new ServiceException(
                    ErrorCode.KEY_CONFLICT,
                    "Expected the key \"" + key + "\" to be free, but the open instance " + holder.instance()
                            + " holds it, which was started with another version or input.");
        }
        // Not fresh even where the key is: a repetition may start the same id at the same time.
        return instances
                .start(holder.instance(), command, plan, false, wait)
                .thenApply(answer -> started(answer, holder.isNew()));
    }

    /** A repetition is decided like a first request: whoever owns the instance knows whether it has begun. */
    private CompletableFuture<Started> start(
            OwnId own, StartRequest request, Command.StartInstance command, Plan plan, Duration wait) {
        if (request.key() != null) {
            throw new ServiceException(
                    ErrorCode.INVALID_REQUEST, "Expected a key or an id of the instance to start, but got both.");
        }
        own.check(clock.instant());
        return instances.start(own.id(), command, plan, !own.isRepeated(), wait).thenApply(answer -> {
            Started started = started(answer, true);
            if (!isStartOf(started.instance(), request, own)) {
                throw new ServiceException(
                        ErrorCode.KEY_CONFLICT,
                        "Expected the id " + own.id() + " to be free, but an instance has it that was started with"
                                + " another definition or input.");
            }
            return started;
        });
    }

    private static boolean isStartOf(InstanceRow instance, StartRequest request, OwnId own) {
        boolean isOfDefinition = instance.definition().namespace().equals(request.namespace())
                && instance.definition().name().equals(request.name());
        String input = instance.input();
        // The input of a first request is the instance's own.
        return isOfDefinition
                && (!own.isRepeated()
                        || input != null
                                && Fingerprint.ofEither(instance.definition().version(), Json.readTrusted(input))
                                        .contains(Fingerprint.of(request)));
    }

    private static Started started(Answer answer, boolean isNew) {
        return new Started(answer.instance().get(), isNew);
    }
}

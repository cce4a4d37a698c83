package io.orquestrax.server.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.HttpHeaderNames;
import io.orquestrax.protocol.ErrorCode;
import io.orquestrax.protocol.v1.Problem;
import io.orquestrax.server.api.ProblemDetails;
import io.orquestrax.server.api.grpc.GrpcProblems;
import java.util.Base64;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may go better later says when, through both doors; nothing else does. */
class RetryAfterTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void restAndGrpcSayTheSame(ErrorCode code) throws Exception {
        ProblemDetails problem = new ProblemDetails(code, "Expected something else.");

        String rest = Answers.problem(problem, "/", null).headers().get(HttpHeaderNames.RETRY_AFTER);
        Problem grpc = grpc(problem);

        if (EnumSet.of(ErrorCode.OVERLOADED, ErrorCode.UNAVAILABLE).contains(code)) {
            assertThat(rest).isEqualTo("1");
            assertThat(grpc.getRetryAfter().getSeconds()).isEqualTo(1);
        } else {
            assertThat(rest).isNull();
            assertThat(grpc.hasRetryAfter()).isFalse();
        }
    }

    private static Problem grpc(ProblemDetails problem) throws InvalidProtocolBufferException {
        String trailer = GrpcProblems.answer(problem).headers().get(GrpcProblems.PROBLEM.name(), "");
        return Problem.parseFrom(Base64.getDecoder().decode(trailer));
    }
}

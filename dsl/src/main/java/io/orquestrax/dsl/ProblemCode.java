package io.orquestrax.dsl;

import java.util.Locale;

/** The kinds of mistakes in a document; {@link #text} is what stands in {@link Problem#code}, and never changes. */
public enum ProblemCode {
    /** Not YAML and not JSON. */
    SYNTAX,
    EMPTY_DOCUMENT,
    MULTIPLE_DOCUMENTS,
    TOO_LARGE,
    TOO_DEEP,
    DUPLICATE_KEY,
    /** A YAML construct that has no JSON counterpart: a tag, a key that is no scalar, {@code .nan}, a recursive alias. */
    NOT_JSON,

    WRONG_TYPE,
    MISSING_PROPERTY,
    UNKNOWN_PROPERTY,
    INVALID_VALUE,
    /** The DSL has it, this version of OrquestraX does not. */
    NOT_SUPPORTED_YET,
    UNSUPPORTED_DSL_VERSION,

    ONE_TASK_PER_ITEM,
    UNKNOWN_TASK_KIND,
    AMBIGUOUS_TASK_KIND,
    DUPLICATE_TASK_NAME,
    UNKNOWN_TASK,
    SEVERAL_DEFAULTS,
    /** A name that nothing under {@code use} has. */
    UNKNOWN_REFERENCE,
    /** A function that calls itself, or too many that call each other. */
    RECURSIVE_FUNCTION,

    EXPRESSION_SYNTAX,
    UNKNOWN_FUNCTION,
    UNKNOWN_VARIABLE,
    SECRET_IN_EXPRESSION,
    INVALID_SCHEMA,
    /** What the document refers to by a URI cannot be had. */
    UNAVAILABLE_RESOURCE,

    /** Warning: no way leads to the task. */
    UNREACHABLE_TASK,
    /** Warning: a text holds {@code ${ }} but is no expression as a whole. */
    LITERAL_EXPRESSION,
    /** Warning: nothing refers to what {@code use} defines. */
    UNUSED_DEFINITION,
    /** Warning: a branch of a fork says where to go on, but nothing comes after it. */
    INEFFECTIVE_THEN,
    /** Warning: a task that waits for no job has limits for one. */
    INEFFECTIVE_LIMITS,
    /** Warning: a function that workers serve, or an attribute of an event, has a name that is nearly something else. */
    SIMILAR_NAME,
    /** Warning: a schedule's input is used as if it held the envelopes of events, but it holds their data. */
    EVENT_DATA_EXPECTED,
    /** Warning: an attribute to match has characters of a regular expression, but is none. */
    LITERAL_PATTERN,
    /** Warning: a task has the name of a flow directive, so that nothing can jump to it. */
    RESERVED_NAME;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

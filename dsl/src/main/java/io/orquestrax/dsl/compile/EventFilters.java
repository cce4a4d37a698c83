package io.orquestrax.dsl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import io.orquestrax.dsl.compile.VisibleNames.Moment;
import io.orquestrax.dsl.expression.Expression;
import io.orquestrax.dsl.expression.ExpressionCompiler;
import io.orquestrax.dsl.expression.ExpressionSyntax;
import io.orquestrax.dsl.expression.Template;
import io.orquestrax.dsl.plan.EventFilter;
import io.orquestrax.dsl.plan.EventFilter.Attribute;
import io.orquestrax.dsl.plan.EventFilter.Correlation;
import io.orquestrax.dsl.plan.EventFilter.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which events pass. */
record EventFilters(Expressions expressions) {
    private static final EventFilter UNREADABLE = new EventFilter(Map.of(), null, List.of());
    private static final String EXPECTED = "an object with the property with";

    EventFilter read(Part part, VisibleNames names, Moment moment) {
        Fields fields = part.fields(EXPECTED);
        fields.belongUnder("with", EventAttributes.names());
        EventFilter with = fields.required("with", "the attributes that an event must have")
                .map(each -> with(each, names, moment))
                .orElse(UNREADABLE);
        List<Correlation> correlations = fields.optional("correlate")
                .map(each -> correlations(each, names, moment))
                .orElse(List.of());
        fields.finish();
        return new EventFilter(with.attributes(), with.data(), correlations);
    }

    private EventFilter with(Part part, VisibleNames names, Moment moment) {
        Fields fields = part.fields("an object with attributes of events");
        if (fields.isReadable() && fields.isEmpty()) {
            part.invalid("Expected at least one attribute that an event must have, type for example, but found none");
        }
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (String name : fields.names()) {
            Part member = part.member(name);
            if (!name.equals(EventAttributes.DATA)) {
                EventAttributes.checkName(member, name);
                EventAttributes.warnOfSimilar(member, name);
                attributes.put(name, attribute(member, names, moment));
            }
        }
        Optional<Data> data = fields.optional(EventAttributes.DATA).map(each -> data(each, names, moment));
        return new EventFilter(attributes, data.orElse(null), List.of());
    }

    private Attribute attribute(Part part, VisibleNames names, Moment moment) {
        JsonNode value = part.value();
        if (value.isTextual() && ExpressionSyntax.isWrapped(value.textValue())) {
            return new Attribute.Evaluated(expressions.always(part, names, moment));
        }
        if (value.isTextual()) {
            return new Attribute.Literal(
                    value.textValue(), EventPattern.of(part, value.textValue()).orElse(null));
        }
        if (!value.isBoolean() && !value.isIntegralNumber()) {
            part.wrongType("a text, a whole number, true or false");
        }
        return new Attribute.Literal(value.asText(), null);
    }

    private Data data(Part part, VisibleNames names, Moment moment) {
        JsonNode value = part.value();
        boolean isCondition = value.isTextual() && ExpressionSyntax.isWrapped(value.textValue());
        return isCondition
                ? new Data.Condition(expressions.always(part, names, moment))
                : new Data.Subset(expressions.value(part, names, moment));
    }

    private List<Correlation> correlations(Part part, VisibleNames names, Moment moment) {
        List<Correlation> correlations = new ArrayList<>();
        for (String key : part.fields("an object with correlations by name").names()) {
            Fields fields = part.member(key).fields("an object with from");
            Expression from = fields.required("from", "a jq expression that finds the value in an event")
                    .map(each -> expressions.always(each, names, moment))
                    .orElse(ExpressionCompiler.NULL);
            Optional<Template> expect = fields.optional("expect").flatMap(each -> expect(each, names, moment));
            fields.finish();
            correlations.add(new Correlation(key, from, expect.orElse(null)));
        }
        return correlations;
    }

    private Optional<Template> expect(Part part, VisibleNames names, Moment moment) {
        return part.text("a text, or an expression in ${ }").map(any -> expressions.value(part, names, moment));
    }
}

package io.orquestrax.dsl.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/** A {@code pattern} of a schema, whose search counts what it looks at: some would go on for years. */
final class BoundedPattern implements RegularExpression {
    private final Pattern pattern;

    /**
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    BoundedPattern(String source) {
        String anchored = RegularExpressions.replaceDollarAnchors(source);
        pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(anchored));
    }

    @Override
    public boolean matches(String value) {
        try {
            return pattern.matcher(new Counted(value)).find();
        } catch (StackOverflowError tooDeep) {
            throw new BoundedExecution.TooMuchException("a pattern goes too deep");
        }
    }

    private record Counted(String text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            BoundedExecution.countCharacter();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.substring(start, end));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

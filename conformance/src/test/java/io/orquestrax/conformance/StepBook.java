package io.orquestrax.conformance;

import io.orquestrax.conformance.Scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences that a scenario can say, and what each of them does. */
final class StepBook {
    private final Map<Pattern, Action> actions = new LinkedHashMap<>();

    /** What a sentence does. */
    interface Action {
        /**
         * @param words what the sentence's groups hold, from 1
         */
        void perform(Play play, Matcher words, String argument) throws Exception;
    }

    /** The scenario kit's sentences and our own: README.md of this module lists them. */
    static StepBook all() {
        StepBook book = new StepBook();
        GivenSteps.write(book);
        WhenSteps.write(book);
        ThenSteps.write(book);
        return book;
    }

    /**
     * @param sentence a regular expression for all of the text, without a leading "given", which the kit repeats
     */
    void on(String sentence, Action action) {
        actions.put(Pattern.compile("(?:given )?" + sentence), action);
    }

    void perform(Play play, Step step) throws Exception {
        List<Map.Entry<Pattern, Action>> found = new ArrayList<>();
        for (Map.Entry<Pattern, Action> each : actions.entrySet()) {
            if (each.getKey().matcher(step.text()).matches()) {
                found.add(each);
            }
        }
        if (found.size() != 1) {
            throw new AssertionError(
                    "Expected one meaning of the step \"" + step.text() + "\", but found " + found.size());
        }
        Matcher words = found.getFirst().getKey().matcher(step.text());
        words.matches();
        try {
            found.getFirst().getValue().perform(play, words, step.argument());
        } catch (AssertionError failed) {
            throw new AssertionError("Line " + step.line() + ", " + step.text() + ": " + failed.getMessage(), failed);
        }
    }
}

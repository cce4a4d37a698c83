package io.orquestrax.dashboard.cluster;

import java.util.List;
import java.util.StringJoiner;

/** Numbers in few words. */
final class Ranges {
    private Ranges() {}

    /**
     * @param numbers ascending
     */
    static String of(List<Integer> numbers) {
        StringJoiner text = new StringJoiner(", ");
        int index = 0;
        while (index < numbers.size()) {
            int first = index;
            while (index + 1 < numbers.size() && numbers.get(index + 1) == numbers.get(index) + 1) {
                index++;
            }
            text.add(
                    first == index
                            ? String.valueOf(numbers.get(first))
                            : numbers.get(first) + "–" + numbers.get(index));
            index++;
        }
        return text.toString();
    }
}

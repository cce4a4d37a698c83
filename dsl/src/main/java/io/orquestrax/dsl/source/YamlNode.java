package io.orquestrax.dsl.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A value as it stands in a YAML text; aliases are the node that they name. */
sealed interface YamlNode {

    Mark start();

    /**
     * @param tag absent where none is written
     */
    record Text(String text, @Nullable String tag, Scalar scalar, Mark start) implements YamlNode {}

    record Items(List<YamlNode> items, @Nullable String tag, Mark start) implements YamlNode {}

    record Members(List<Member> members, @Nullable String tag, Mark start) implements YamlNode {}

    record Member(YamlNode key, YamlNode value) {}
}

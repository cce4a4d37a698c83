package io.orquestrax.dsl.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree, and where in the text each of its values stands. */
public final class SourceDocument {

    /**
     * @param key of a member its name, of anything else the value
     */
    record Place(Location key, Location value, @Nullable Scalar scalar) {}

    private static final Place NOWHERE = new Place(Location.START, Location.START, null);

    private final int[] text;
    private final JsonNode root;
    private final Map<String, Place> places;

    SourceDocument(int[] text, JsonNode root, Map<String, Place> places) {
        this.text = text;
        this.root = root;
        this.places = places;
    }

    /** A tree whose text is not at hand: everything in it stands at its start. */
    public static SourceDocument withoutText(JsonNode root) {
        return new SourceDocument(new int[0], root, Map.of());
    }

    public JsonNode root() {
        return root;
    }

    /** Where the name of the member stands; of an item, or of the root, where its value does. */
    public Location key(String pointer) {
        return place(pointer).key();
    }

    public Location value(String pointer) {
        return place(pointer).value();
    }

    /**
     * Where a character of a string stands, as exactly as its style allows.
     *
     * @param offset into the string, in UTF-16 units
     */
    public Location inside(String pointer, int offset) {
        Place place = place(pointer);
        Scalar scalar = place.scalar();
        String value = root.at(pointer).asText();
        return scalar == null ? place.value() : ScalarText.locate(text, scalar, value, offset, place.value());
    }

    private Place place(String pointer) {
        return places.getOrDefault(pointer, NOWHERE);
    }
}

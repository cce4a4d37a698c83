package io.orquestrax.server.connector.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds the fields of a message to its description, with what protoc makes of them: entries of maps, and presence. */
final class ProtoFields {
    private static final Pattern MAP = Pattern.compile("map\\s*<\\s*(\\w+)\\s*,\\s*([\\w.]+)\\s*>");
    private static final Map<String, Type> SCALARS = Map.ofEntries(
            Map.entry("double", Type.TYPE_DOUBLE),
            Map.entry("float", Type.TYPE_FLOAT),
            Map.entry("int64", Type.TYPE_INT64),
            Map.entry("uint64", Type.TYPE_UINT64),
            Map.entry("int32", Type.TYPE_INT32),
            Map.entry("fixed64", Type.TYPE_FIXED64),
            Map.entry("fixed32", Type.TYPE_FIXED32),
            Map.entry("bool", Type.TYPE_BOOL),
            Map.entry("string", Type.TYPE_STRING),
            Map.entry("bytes", Type.TYPE_BYTES),
            Map.entry("uint32", Type.TYPE_UINT32),
            Map.entry("sfixed32", Type.TYPE_SFIXED32),
            Map.entry("sfixed64", Type.TYPE_SFIXED64),
            Map.entry("sint32", Type.TYPE_SINT32),
            Map.entry("sint64", Type.TYPE_SINT64));

    private final DescriptorProto.Builder message;
    private final boolean isThird;
    private final List<FieldDescriptorProto.Builder> withPresence = new ArrayList<>();

    ProtoFields(DescriptorProto.Builder message, boolean isThird) {
        this.message = message;
        this.isThird = isThird;
    }

    void addAll(MessageElement element) {
        element.getFields().forEach(field -> add(field, -1));
        for (OneOfElement choice : element.getOneOfs()) {
            int index = message.getOneofDeclCount();
            message.addOneofDeclBuilder().setName(choice.getName());
            choice.getFields().forEach(field -> add(field, index));
        }
        // A choice of one stands for "optional" of proto3; such choices follow the written ones.
        for (FieldDescriptorProto.Builder field : withPresence) {
            field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
            message.addOneofDeclBuilder().setName("_" + field.getName());
        }
    }

    /**
     * @param choice negative for a field of none
     */
    private void add(FieldElement element, int choice) {
        FieldDescriptorProto.Builder field =
                message.addFieldBuilder().setName(element.getName()).setNumber(element.getTag());
        field.setLabel(label(element.getLabel()));
        Matcher map = MAP.matcher(element.getType());
        if (map.matches()) {
            field.setLabel(Label.LABEL_REPEATED).setTypeName(entry(element.getName(), map.group(1), map.group(2)));
            field.setType(Type.TYPE_MESSAGE);
        } else {
            setType(field, element.getType());
        }
        if (element.getJsonName() != null) {
            field.setJsonName(element.getJsonName());
        }
        if (element.getDefaultValue() != null) {
            field.setDefaultValue(element.getDefaultValue());
        }
        for (OptionElement option : element.getOptions()) {
            if (option.getName().equals("packed")) {
                field.getOptionsBuilder()
                        .setPacked(String.valueOf(option.getValue()).equals("true"));
            }
        }
        if (choice >= 0) {
            field.setOneofIndex(choice);
        } else if (isThird && element.getLabel() == Field.Label.OPTIONAL) {
            withPresence.add(field);
        }
    }

    private static Label label(Field.@Nullable Label label) {
        if (label == Field.Label.REPEATED) {
            return Label.LABEL_REPEATED;
        }
        return label == Field.Label.REQUIRED ? Label.LABEL_REQUIRED : Label.LABEL_OPTIONAL;
    }

    private static void setType(FieldDescriptorProto.Builder field, String type) {
        Type scalar = SCALARS.get(type);
        if (scalar == null) {
            // Whether it is a message or an enumeration shows when its name is looked up.
            field.setTypeName(type);
        } else {
            field.setType(scalar);
        }
    }

    /** What a map is on the wire: a list of entries, each a message. */
    private String entry(String field, String key, String value) {
        StringBuilder name = new StringBuilder();
        boolean startsWord = true;
        for (char character : field.toCharArray()) {
            if (character == '_') {
                startsWord = true;
            } else {
                name.append(startsWord ? Character.toUpperCase(character) : character);
                startsWord = false;
            }
        }
        DescriptorProto.Builder entry =
                message.addNestedTypeBuilder().setName(name.append("Entry").toString());
        entry.getOptionsBuilder().setMapEntry(true);
        setType(entry.addFieldBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL), key);
        setType(entry.addFieldBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL), value);
        return name.toString();
    }
}

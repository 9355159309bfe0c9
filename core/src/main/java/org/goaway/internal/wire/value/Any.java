package org.goaway.internal.wire.value;

import io.protostuff.Input;
import io.protostuff.Output;
import io.protostuff.Schema;
import java.io.IOException;

/** Lets protostuff write the group around a nested value; reading does without. */
record Any(Object value) implements Schema<Writer> {

    @Override
    public void writeTo(Output output, Writer writer) throws IOException {
        writer.any(value);
    }

    @Override
    public void mergeFrom(Input input, Writer writer) {
        throw new IllegalStateException("values are read by Reader");
    }

    @Override
    public String getFieldName(int number) {
        return Integer.toString(number);
    }

    @Override
    public int getFieldNumber(String name) {
        return Integer.parseInt(name);
    }

    @Override
    public boolean isInitialized(Writer writer) {
        return true;
    }

    @Override
    public Writer newMessage() {
        throw new IllegalStateException("values are read by Reader");
    }

    @Override
    public String messageName() {
        return "any";
    }

    @Override
    public String messageFullName() {
        return "any";
    }

    @Override
    public Class<? super Writer> typeClass() {
        return Writer.class;
    }
}

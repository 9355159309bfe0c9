package org.goaway.internal.wire.form;

import java.io.IOException;
import org.goaway.internal.wire.value.Accessors;
import org.goaway.internal.wire.value.Bindings;
import org.goaway.internal.wire.value.Handle;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/** How the objects of one class are written. Immutable; kept by the codec of the application that the class belongs to. */
interface Form {

    void write(Writer writer, Object value) throws IOException;

    /** Of a class that cannot travel. */
    record Refused(String reason) implements Form {
        @Override
        public void write(Writer writer, Object value) {
            throw new Refusal(value.getClass(), reason, null);
        }
    }

    /**
     * Of objects that several others may refer to. The reader numbers them in the order in which it meets them, as the
     * writer does.
     */
    abstract class Shared implements Form {

        private final boolean early;

        /** @param early whether the reader has the object before its parts, so that a part may refer to it */
        Shared(boolean early) {
            this.early = early;
        }

        @Override
        public final void write(Writer writer, Object value) throws IOException {
            if (!writer.writeReference(value, early)) {
                writer.enter();
                body(writer, value);
                writer.leave(value, early);
            }
        }

        abstract void body(Writer writer, Object value) throws IOException;
    }

    /** Of an object that stands for something of the cluster. */
    record Bound(Bindings bindings) implements Form {
        @Override
        @SuppressWarnings("EnumOrdinal") // Handle.Kind says so
        public void write(Writer writer, Object value) throws IOException {
            Handle handle = bindings.handleOf(value);
            if (handle == null) {
                throw new Refusal(value.getClass(), "it belongs to this process; keep it here", null);
            }
            writer.number(Tag.HANDLE, handle.kind().ordinal());
            writer.text(handle.name());
        }
    }

    /** Of an object whose class names another to travel instead. */
    record Replaced(Accessors.Getter replacement, Form otherwise) implements Form {
        @Override
        public void write(Writer writer, Object value) throws IOException {
            Object other = writer.replaced(value, replacement);
            if (other != null && other.getClass() == value.getClass()) {
                otherwise.write(writer, other);
            } else {
                writer.any(other);
            }
        }
    }
}

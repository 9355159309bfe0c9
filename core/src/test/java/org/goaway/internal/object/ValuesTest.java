package org.goaway.internal.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import org.goaway.internal.wire.SizeLimit;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static final ObjectId ID = new ObjectId(ObjectId.Kind.WEAK, "w");

    /** Stands for a program's codec, which knows its classes. */
    private static final class Program {

        private byte[] encode(Object object) {
            return object.toString().getBytes(StandardCharsets.UTF_8);
        }

        private Object decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private Values values() {
            return new Values(this::encode, this::decode, object -> true, SizeLimit.VALUE);
        }
    }

    /** As when a section of the program is left after its end. */
    @Test
    void shouldLeaveNothingOfAnEndedProgramInValuesThatNobodyForgot() {
        Value[] kept = new Value[1];
        WeakReference<Program> program = ended(kept);

        for (int i = 0; i < 100 && program.get() != null; i++) {
            System.gc();
        }

        assertThat(program.get()).isNull();
        assertThat(new Program().values().decode(kept[0])).isEqualTo("text");
    }

    private static WeakReference<Program> ended(Value[] kept) {
        Program program = new Program();
        Values values = program.values();
        kept[0] = values.encode(ID, "f", "text");
        values.end();
        assertThat(values.decode(kept[0])).isEqualTo("text");
        assertThat(values.decode(Value.of(kept[0].bytes()))).isEqualTo("text");
        return new WeakReference<>(program);
    }
}

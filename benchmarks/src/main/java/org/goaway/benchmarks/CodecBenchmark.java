package org.goaway.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.fory.Fory;
import org.goaway.RemoteFunction;
import org.goaway.internal.wire.Codec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Typical values, encoded and decoded by GoAway's codec, by Java serialization and by Fory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CodecBenchmark {

    /** An example of what applications store. */
    public record Order(long id, String customer, double price, int count, boolean paid, String note)
            implements Serializable {}

    /** What is carried. */
    public enum Load {
        LONG,
        RECORD,
        LAMBDA,
        INTEGERS,
        DOUBLES
    }

    /** Who carries it. */
    public enum Carrier {
        GOAWAY,
        JAVA,
        FORY
    }

    @Param
    private Load load;

    @Param
    private Carrier carrier;

    private Wire wire;
    private Object value;
    private byte[] bytes;

    /** Both directions of one carrier. */
    private interface Wire {
        byte[] encode(Object value) throws IOException;

        Object decode(byte[] bytes) throws IOException, ClassNotFoundException;
    }

    /** Makes the value and its encoding, and tells the encoding's size. */
    @Setup
    public void prepare() throws IOException, ClassNotFoundException {
        wire = switch (carrier) {
            case GOAWAY -> new OfGoAway();
            case JAVA -> new OfJava();
            case FORY -> new OfFory();
        };
        value = value(load);
        bytes = wire.encode(value);
        if (!wire.decode(bytes).getClass().isInstance(value) && load != Load.LAMBDA) {
            throw new IllegalStateException(carrier + " does not carry a " + load);
        }
        System.out.println("size of " + load + " by " + carrier + ": " + bytes.length);
    }

    @Benchmark
    public byte[] encode() throws IOException {
        return wire.encode(value);
    }

    @Benchmark
    public Object decode() throws IOException, ClassNotFoundException {
        return wire.decode(bytes);
    }

    private static Object value(Load load) {
        Random random = new Random(1);
        return switch (load) {
            case LONG -> 123_456_789_012L;
            case RECORD -> new Order(123_456_789L, "customer", 99.5, 3, true, "a note");
            case LAMBDA -> {
                String prefix = "prefix-";
                long base = 1L << 40;
                RemoteFunction<Long, String> function = nonce -> prefix + (base + nonce);
                yield function;
            }
            case INTEGERS -> {
                List<Integer> list = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    list.add(random.nextInt());
                }
                yield list;
            }
            case DOUBLES -> random.doubles(10_000).toArray();
        };
    }

    private static final class OfGoAway implements Wire {

        private final Codec codec = new Codec(CodecBenchmark.class.getClassLoader(), handle -> handle);

        @Override
        public byte[] encode(Object value) {
            return codec.encode(value);
        }

        @Override
        public Object decode(byte[] bytes) {
            return codec.decode(bytes);
        }
    }

    private static final class OfJava implements Wire {

        @Override
        public byte[] encode(Object value) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            }
            return bytes.toByteArray();
        }

        @Override
        @SuppressWarnings("BanSerializableRead") // it is what is compared with
        public Object decode(byte[] bytes) throws IOException, ClassNotFoundException {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                return in.readObject();
            }
        }
    }

    private static final class OfFory implements Wire {

        private final Fory fory = Fory.builder()
                .withXlang(false)
                .requireClassRegistration(false)
                .withRefTracking(true)
                .build();

        @Override
        public byte[] encode(Object value) {
            return fory.serialize(value);
        }

        @Override
        public Object decode(byte[] bytes) {
            return fory.deserialize(bytes);
        }
    }
}

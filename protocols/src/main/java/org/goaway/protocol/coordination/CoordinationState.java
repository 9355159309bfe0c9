package org.goaway.protocol.coordination;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/**
 * The replicated state of barriers, semaphores, latches and longs. An object is there from the first command that names it,
 * for good. One writer: whoever applies the log.
 */
public final class CoordinationState {

    private final Places places = new Places();
    private final Map<String, Barrier> barriers = new LinkedHashMap<>();
    private final Map<String, Semaphore> semaphores = new LinkedHashMap<>();
    private final Map<String, Latch> latches = new LinkedHashMap<>();
    private final Map<String, Long> longs = new LinkedHashMap<>();

    /** Applies {@code command} of {@code client}, which must be a member now or {@link #owes} it, and returns the answer. */
    public Message apply(MemberId client, CoordinationCommand command) {
        try {
            return step(client, command);
        } catch (WrongSize wrong) {
            return new Misuse(wrong.getMessage());
        }
    }

    private Message step(MemberId client, CoordinationCommand command) {
        if (command instanceof CoordinationCommand.Placing placing) {
            Place place = new Place(client, placing.place());
            enter(place, placing);
            return places.answer(place);
        } else if (command instanceof CoordinationCommand.Sync sync) {
            return places.sync(client, sync);
        } else if (command instanceof CoordinationCommand.Release release) {
            Semaphore semaphore = semaphore(release.semaphore(), release.permits());
            semaphore.release(client);
            return new Amount(semaphore.free());
        } else if (command instanceof CoordinationCommand.Available available) {
            return new Amount(
                    semaphore(available.semaphore(), available.permits()).free());
        } else if (command instanceof CoordinationCommand.CountDown down) {
            Latch latch = latch(down.latch(), down.count());
            latch.countDown();
            return new Amount(latch.left());
        } else if (command instanceof CoordinationCommand.Count count) {
            return new Amount(latch(count.latch(), count.count()).left());
        }
        return new Amount(number(command));
    }

    /** Whether the command is a release of a permit that was taken from the client when it left: it settles just that. */
    public boolean owes(MemberId client, CoordinationCommand command) {
        if (!(command instanceof CoordinationCommand.Release release)) {
            return false;
        }
        Semaphore semaphore = semaphores.get(release.semaphore());
        return semaphore != null && semaphore.owes(client);
    }

    private void enter(Place place, CoordinationCommand.Placing placing) {
        if (placing instanceof CoordinationCommand.Arrive arrive) {
            barrier(arrive.barrier(), arrive.parties()).arrive(place);
        } else if (placing instanceof CoordinationCommand.Acquire acquire) {
            semaphore(acquire.semaphore(), acquire.permits()).acquire(place, acquire.queue());
        } else if (placing instanceof CoordinationCommand.AwaitZero await) {
            latch(await.latch(), await.count()).await(place);
        }
    }

    private long number(CoordinationCommand command) {
        if (command instanceof CoordinationCommand.Get get) {
            return longs.getOrDefault(get.number(), 0L);
        } else if (command instanceof CoordinationCommand.Put put) {
            Long before = longs.put(put.number(), put.value());
            return before == null ? 0 : before;
        } else if (command instanceof CoordinationCommand.Add add) {
            return longs.merge(add.number(), add.delta(), Long::sum);
        } else if (command instanceof CoordinationCommand.CompareAndSet compare) {
            long before = longs.getOrDefault(compare.number(), 0L);
            if (before == compare.expected()) {
                longs.put(compare.number(), compare.next());
            }
            return before;
        }
        throw new IllegalArgumentException("unknown command " + command);
    }

    private Barrier barrier(String name, int parties) {
        Barrier barrier = barriers.computeIfAbsent(name, absent -> new Barrier(name, parties, places));
        return checked(barrier, Barrier::parties, parties, "parties");
    }

    private Semaphore semaphore(String name, int permits) {
        Semaphore semaphore = semaphores.computeIfAbsent(name, absent -> new Semaphore(name, permits, places));
        return checked(semaphore, Semaphore::permits, permits, "permits");
    }

    private Latch latch(String name, int count) {
        Latch latch = latches.computeIfAbsent(name, absent -> new Latch(name, count, places));
        return checked(latch, Latch::count, count, "as its count");
    }

    private static <L extends Line> L checked(L line, ToIntFunction<L> size, int asked, String what) {
        if (size.applyAsInt(line) != asked) {
            throw new WrongSize(line.kind().name().toLowerCase(Locale.ROOT) + " '" + line.name()
                    + "' was made with " + size.applyAsInt(line) + " " + what + " and is now asked for with " + asked
                    + ": give it the same everywhere, or another name");
        }
        return line;
    }

    /**
     * The epoch has changed, and these members are not in it any more: their permits are free again, their places are gone, and
     * barriers that they are parties of end the waits of the others.
     */
    public void onLeft(Set<MemberId> left) {
        lines().forEach(line -> line.leave(left));
        places.leave(left);
    }

    /** These members, which have left, never come back: nobody settles any more what they owe. */
    public void onEnded(Set<MemberId> ended) {
        semaphores.values().forEach(semaphore -> semaphore.forget(ended));
        places.forget(ended);
    }

    /** The waits that ended since the last call, but for those told in an answer. */
    public List<Wakeup> takeWakeups() {
        return places.takeWakeups();
    }

    private List<Line> lines() {
        return Stream.of(barriers, semaphores, latches)
                .flatMap(all -> all.values().stream())
                .<Line>map(line -> line)
                .toList();
    }

    /** Hands out the whole state. */
    public void writeTo(Consumer<? super CoordinationPiece> pieces) {
        lines().forEach(line -> pieces.accept(line.piece()));
        longs.forEach((name, value) -> pieces.accept(new CoordinationPiece.OfLong(name, value)));
        places.writeTo(pieces);
    }

    /** Forgets everything, before {@link #read} is given another state's pieces. */
    public void reset() {
        barriers.clear();
        semaphores.clear();
        latches.clear();
        longs.clear();
        places.clear();
    }

    /** Takes one piece of another state in, in the order in which they were handed out. */
    public void read(CoordinationPiece piece) {
        if (piece instanceof CoordinationPiece.OfBarrier barrier) {
            barriers.put(barrier.name(), new Barrier(barrier, places));
        } else if (piece instanceof CoordinationPiece.OfSemaphore semaphore) {
            semaphores.put(semaphore.name(), new Semaphore(semaphore, places));
        } else if (piece instanceof CoordinationPiece.OfLatch latch) {
            latches.put(latch.name(), new Latch(latch, places));
        } else if (piece instanceof CoordinationPiece.OfLong number) {
            longs.put(number.name(), number.value());
        } else if (piece instanceof CoordinationPiece.OfEnded ended) {
            places.read(ended, line(ended));
        }
    }

    private Line line(CoordinationPiece.OfEnded ended) {
        return switch (ended.kind()) {
            case BARRIER -> barriers.get(ended.name());
            case SEMAPHORE -> semaphores.get(ended.name());
            case LATCH -> latches.get(ended.name());
        };
    }

    /** An object was asked for with another size than it has. */
    private static final class WrongSize extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongSize(String message) {
            super(message, null, false, false);
        }
    }
}

package org.goaway.protocol.weak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.junit.jupiter.api.Test;

class OfferTest {

    private static final ObjectId OBJECT = WeakMembers.object("o");
    private static final MemberId SELF = new MemberId(0, 1);
    private static final MemberId OTHER = new MemberId(0, 2);

    @Test
    void shouldCompareLargeObjectsPartByPart() {
        Walked walkedHere = new Walked();
        Walked walkedThere = new Walked();
        Copies here = copies(SELF, walkedHere);
        Copies there = copies(OTHER, walkedThere);
        Comparisons comparisons = new Comparisons(there);
        for (int i = 0; i < 100_000; i++) {
            here.write(OBJECT, "f" + i, WeakMembers.value(i, 0));
            if (i % 1_000 != 0) {
                there.install(new FieldSet(OBJECT, "f" + i, here.replica(OBJECT).version("f" + i), null));
            }
        }
        Offer offer = new Offer(here, List.of(OBJECT));
        Set<String> lacking = new TreeSet<>();
        int questions = 0;
        while (!offer.isDone()) {
            Compare question = offer.ask(++questions, Round.NONE, 0, Set.of());
            offer.answered(new Differing(
                    question.number(),
                    List.of(comparisons.differing(SELF, question.objects().get(0)))));
            offer.lacking().forEach(found -> lacking.add(found.field()));
            offer.told(offer.lacking().size());
        }
        assertThat(questions).isEqualTo(4);
        assertThat(lacking).hasSize(100).contains("f0", "f99000");
        assertThat(walkedHere.walks).as("walks over all fields, to ask").isEqualTo(1);
        assertThat(walkedThere.walks).as("walks over all fields, to answer").isEqualTo(1);
    }

    /** Counts the walks over all its fields. */
    private static final class Walked extends Replica {
        private int walks;

        @Override
        void forEach(Visitor visitor) {
            walks++;
            super.forEach(visitor);
        }

        @Override
        void forEachEvenDoubtful(Visitor visitor) {
            walks++;
            super.forEachEvenDoubtful(visitor);
        }
    }

    private static Copies copies(MemberId self, Replica replica) {
        return new Copies(self, 1 << 30) {
            @Override
            Replica replica(ObjectId object) {
                return replica;
            }
        };
    }

    @Test
    void shouldAnswerWhoHasLittleWithLittle() {
        Copies here = new Copies(SELF, 1 << 30);
        Copies there = new Copies(OTHER, 1 << 30);
        for (int i = 0; i < 100; i++) {
            here.write(OBJECT, "f" + i, WeakMembers.value(i, 0));
        }
        for (int i = 0; i < 100_000; i++) {
            there.write(OBJECT, "f" + i, WeakMembers.value(i, 0));
        }
        Offer offer = new Offer(here, List.of(OBJECT));
        Compare question = offer.ask(1, Round.NONE, 0, Set.of());
        Differing.Part answer =
                new Comparisons(there).differing(SELF, question.objects().get(0));
        assertThat(answer.versions()).isEmpty();
        offer.answered(new Differing(1, List.of(answer)));
        assertThat(offer.lacking()).hasSize(100);
    }

    @Test
    void shouldAskFirstAboutWhatSomebodyWaitsFor() {
        Copies here = new Copies(SELF, 1 << 30);
        List<ObjectId> objects = IntStream.range(0, 1_000)
                .mapToObj(i -> WeakMembers.object("o" + i))
                .toList();
        objects.forEach(object -> here.write(object, "f", WeakMembers.value(1, 0)));
        Offer offer = new Offer(here, objects);
        ObjectId awaited = objects.get(999);
        Compare question = offer.ask(1, Round.NONE, 0, Set.of(OBJECT, awaited));
        assertThat(question.objects().get(0).object()).isEqualTo(awaited);
        assertThat(offer.isPast(awaited)).isFalse();
        offer.answered(new Differing(
                1,
                question.objects().stream()
                        .map(part -> new Differing.Part(Set.of(), Map.of()))
                        .toList()));
        assertThat(offer.ask(2, Round.NONE, 0, Set.of()).objects()).hasSize(256);
        assertThat(offer.isPast(awaited)).isTrue();
        assertThat(offer.isPast(objects.get(998))).isFalse();
    }

    @Test
    void shouldAskAboutAllThoughItHadNoMemoryToAsk() {
        List<ObjectId> objects = List.of(WeakMembers.object("p"), OBJECT);
        AtomicBoolean full = new AtomicBoolean(true);
        Copies here = new Copies(SELF, 1 << 30) {
            @Override
            Replica replica(ObjectId object) {
                if (object.equals(OBJECT) && full.getAndSet(false)) {
                    throw new OutOfMemoryError("meant to be");
                }
                return super.replica(object);
            }
        };
        Offer offer = new Offer(here, objects);
        assertThatThrownBy(() -> offer.ask(1, Round.NONE, 0, Set.of())).isInstanceOf(OutOfMemoryError.class);
        assertThat(objects)
                .allSatisfy(object -> assertThat(offer.isPast(object)).isFalse());
        assertThat(offer.ask(2, Round.NONE, 0, Set.of()).objects())
                .extracting(Compare.Part::object)
                .isEqualTo(objects);
    }
}

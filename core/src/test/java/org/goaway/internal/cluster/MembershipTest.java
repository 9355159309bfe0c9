package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members whose views come when the test says so, and in which no time passes. */
class MembershipTest {

    private final EventLoop loop = new EventLoop("both");
    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final End older = new End(1, "here");
    private final End newer = new End(2, "here");

    @AfterEach
    void close() {
        ends.forEach(end -> end.transport.close());
        loop.close();
    }

    @Test
    void shouldAnswerOneWhoAskedBeforeItWasInViewOnceItIs() {
        onLoop(older.membership::open);
        onLoop(newer.membership::open);

        newer.sees(older.id, newer.id);
        awaitUntil(() -> older.heard);
        assertThat(newer.membership.members()).hasSize(1);
        assertThat(newer.membership.strangers()).isEqualTo(1);
        older.sees(older.id, newer.id);

        awaitUntil(() -> newer.membership.member(older.id).isPresent());
        assertThat(older.membership.member(newer.id)).isPresent();
        assertThat(newer.membership.strangers()).isZero();
    }

    @Test
    void shouldLeaveANameToTheFirstWhoHasIt() {
        onLoop(older.membership::open);
        onLoop(newer.membership::open);
        older.sees(older.id, newer.id);
        newer.sees(older.id, newer.id);

        awaitUntil(() -> older.membership
                .member(newer.id)
                .filter(member -> member.name().equals("web-2"))
                .isPresent());
        assertThat(newer.membership.self().name()).isEqualTo("web-2");
        assertThat(newer.membership.members()).extracting(MemberInfo::name).containsExactly("web", "web-2");
        assertThat(older.membership.self().name()).isEqualTo("web");
    }

    /** As one that is started again in the place of a process that was killed. */
    @Test
    void shouldHaveTheNameThatItWantsOnceTheOtherOneOfItsHostIsGone() {
        onLoop(older.membership::open);
        onLoop(newer.membership::open);
        older.sees(older.id, newer.id);
        newer.sees(older.id, newer.id);
        awaitUntil(() -> newer.membership.self().name().equals("web-2"));

        newer.sees(newer.id);
        assertThat(newer.membership.self().name()).isEqualTo("web");
        assertThat(newer.membership.members()).extracting(MemberInfo::name).containsExactly("web");
    }

    /** That one may have been cut off only. */
    @Test
    void shouldKeepItsNumberWhenOneOfAnotherHostIsGone() {
        End elsewhere = new End(3, "elsewhere");
        onLoop(elsewhere.membership::open);
        onLoop(newer.membership::open);
        elsewhere.sees(elsewhere.id, newer.id);
        newer.sees(elsewhere.id, newer.id);
        awaitUntil(() -> newer.membership.self().name().equals("web-2"));

        newer.sees(newer.id);
        assertThat(newer.membership.self().name()).isEqualTo("web-2");
    }

    @Test
    void shouldTellAllPartsOfAllMembersThoughOneFails() {
        End third = new End(3, "elsewhere");
        List<String> told = new CopyOnWriteArrayList<>();
        older.membership.listen(new Membership.Listener() {
            @Override
            public void left(MemberInfo member) {
                throw new OutOfMemoryError("meant to be");
            }
        });
        older.membership.listen(new Membership.Listener() {
            @Override
            public void left(MemberInfo member) {
                told.add(member.id() + " left");
            }
        });
        List.of(older, newer, third).forEach(end -> onLoop(end.membership::open));
        List.of(older, newer, third).forEach(end -> end.sees(older.id, newer.id, third.id));
        awaitUntil(() -> older.membership.members().size() == 3);

        older.sees(older.id);
        assertThat(told).containsExactly("m2 left", "m3 left");
    }

    private void onLoop(Runnable action) {
        CompletableFuture.runAsync(action, loop).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void awaitUntil(BooleanSupplier wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            onLoop(() -> {});
        }
    }

    private final class End {
        private final MemberId id;
        private final PackedTransport transport;
        private final Membership membership;
        private volatile List<MemberId> view = List.of();
        private volatile boolean heard;

        private End(int number, String host) {
            id = new MemberId(0, number);
            String name = "web";
            MessageCodec codec = MessageCodec.builder()
                    .type(1, MemberId.class)
                    .type(2, MemberInfo.class)
                    .type(3, Membership.Introduction.class)
                    .build();
            transport = new PackedTransport(id, name, loop, loop, new Marshaller(codec), this::write);
            MemberInfo self = new MemberInfo(id, name, host, number, 1, false, List.of(), 1, false, 0);
            membership = new Membership(self, transport);
            ends.add(this);
        }

        /** As a channel does, drops what is for members that its view does not have. */
        private void write(MemberId to, byte[] frame, boolean unordered, boolean direct) {
            for (End other : ends) {
                if (other.id.equals(to) && view.contains(to)) {
                    other.transport.receive(id, ByteBuffer.wrap(frame));
                    loop.execute(() -> other.heard = true);
                }
            }
        }

        private void sees(MemberId... members) {
            onLoop(() -> {
                view = List.of(members);
                membership.onView(view);
            });
        }
    }
}

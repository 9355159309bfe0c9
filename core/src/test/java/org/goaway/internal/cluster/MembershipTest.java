package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.MemberId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two members whose views come when the test says so, and in which no time passes. */
class MembershipTest {

    private final EventLoop loop = new EventLoop("both");
    private final End older = new End(1, "web");
    private final End newer = new End(2, "web");

    @AfterEach
    void close() {
        older.transport.close();
        newer.transport.close();
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

        private End(int number, String name) {
            id = new MemberId(0, number);
            MessageCodec codec = MessageCodec.builder()
                    .type(1, MemberId.class)
                    .type(2, MemberInfo.class)
                    .type(3, Membership.Introduction.class)
                    .build();
            transport = new PackedTransport(id, name, loop, loop, new Marshaller(codec), this::write);
            membership = new Membership(MemberInfo.unseen(id, name), transport);
        }

        /** As a channel does, drops what is for members that its view does not have. */
        private void write(MemberId to, byte[] frame, boolean unordered, boolean direct) {
            if (view.contains(to)) {
                End other = this == older ? newer : older;
                other.transport.receive(id, ByteBuffer.wrap(frame));
                loop.execute(() -> other.heard = true);
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

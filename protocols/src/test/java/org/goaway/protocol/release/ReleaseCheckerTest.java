package org.goaway.protocol.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Value;
import org.goaway.protocol.release.ReleaseHistory.Entered;
import org.goaway.protocol.release.ReleaseHistory.Read;
import org.goaway.protocol.release.ReleaseHistory.Released;
import org.junit.jupiter.api.Test;

class ReleaseCheckerTest {

    private static final ObjectId OBJECT = new ObjectId(ObjectId.Kind.RELEASE, "o");
    private static final MemberId MEMBER = new MemberId(0, 1);
    private static final Value ONE = Value.of(new byte[] {1});
    private static final Value TWO = Value.of(new byte[] {2});

    private final ReleaseHistory history = new ReleaseHistory();

    @Test
    void shouldAcceptSectionsThatSeeWhatWasReleased() {
        entered(1, Map.of()).released(1, Map.of("x", ONE, "y", ONE));
        entered(3, Map.of("x", ONE, "y", ONE)).read(1, Map.of("x", ONE, "y", ONE));
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void shouldRejectTwoSectionsAtOnce() {
        entered(1, Map.of()).entered(2, Map.of());
        assertThatThrownBy(this::check).hasMessageContaining("two sections");
    }

    @Test
    void shouldRejectTokensThatDoNotRise() {
        entered(2, Map.of()).released(2, Map.of()).entered(1, Map.of());
        assertThatThrownBy(this::check).hasMessageContaining("does not rise");
    }

    @Test
    void shouldRejectASectionThatMissesARelease() {
        entered(1, Map.of()).released(1, Map.of("x", ONE)).entered(2, Map.of());
        assertThatThrownBy(this::check).hasMessageContaining("sees other than");
    }

    @Test
    void shouldRejectHalfARelease() {
        entered(1, Map.of()).released(1, Map.of("x", ONE, "y", ONE)).read(1, Map.of("x", ONE));
        assertThatThrownBy(this::check).hasMessageContaining("mixture");
    }

    @Test
    void shouldRejectAReadBeforeItsRelease() {
        entered(1, Map.of()).read(1, Map.of("x", ONE)).released(1, Map.of("x", ONE));
        assertThatThrownBy(this::check).hasMessageContaining("mixture");
    }

    @Test
    void shouldRejectAMemberThatGoesBack() {
        entered(1, Map.of())
                .released(1, Map.of("x", ONE))
                .read(1, Map.of("x", ONE))
                .read(0, Map.of());
        assertThatThrownBy(this::check).hasMessageContaining("went back");
    }

    @Test
    void shouldRejectACopyThatStaysBehind() {
        entered(1, Map.of()).released(1, Map.of("x", ONE));
        entered(2, Map.of("x", ONE)).released(2, Map.of("x", TWO));
        assertThatThrownBy(() -> ReleaseChecker.checkLast(history, OBJECT, MEMBER, Map.of("x", ONE)))
                .hasMessageContaining("in the end");
    }

    private void check() {
        ReleaseChecker.check(history);
    }

    private ReleaseCheckerTest entered(long token, Map<String, Value> seen) {
        history.add(new Entered(OBJECT, token, seen));
        return this;
    }

    private ReleaseCheckerTest released(long token, Map<String, Value> written) {
        history.add(new Released(OBJECT, token, written));
        return this;
    }

    private ReleaseCheckerTest read(long version, Map<String, Value> fields) {
        history.add(new Read(OBJECT, MEMBER, new Copy(version, fields)));
        return this;
    }
}

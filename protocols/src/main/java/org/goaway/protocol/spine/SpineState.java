package org.goaway.protocol.spine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;
import org.goaway.protocol.Numbers;
import org.goaway.protocol.ReplicatedState;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.CoordinationPiece;
import org.goaway.protocol.coordination.CoordinationState;
import org.goaway.protocol.membership.Agreed;
import org.goaway.protocol.membership.EpochRegister;
import org.goaway.protocol.membership.MembershipCommand;
import org.goaway.protocol.strict.StrictCommand;
import org.goaway.protocol.strict.StrictPiece;
import org.goaway.protocol.strict.StrictState;

/**
 * The whole replicated state machine: the epoch register, the strict store's data, barriers and their like, and what each
 * client was answered. One writer: the thread that applies the log.
 */
public final class SpineState implements ReplicatedState {

    private final EpochRegister register = new EpochRegister();
    private final StrictState strict;
    private final CoordinationState coordination = new CoordinationState();
    private final Answers answers = new Answers();

    /** How many objects the strict store has; for those who only want to know. */
    private volatile int objects;

    public SpineState(Numbers numbers) {
        this.strict = new StrictState(numbers);
    }

    @Override
    public Message apply(Message entry) {
        if (entry instanceof MembershipCommand command) {
            return membership(command);
        } else if (!(entry instanceof Entry commands)) {
            return new Rejected("not an entry of this log: " + entry.getClass().getName());
        } else {
            return apply(commands);
        }
    }

    /** How many objects the strict store has after the last entry that was applied. Any thread. */
    public int objects() {
        return objects;
    }

    private Message apply(Entry commands) {
        List<Reply> replies = new ArrayList<>(commands.commands().size());
        for (Command command : commands.commands()) {
            replies.add(new Reply(command.client(), command.sequence(), once(command)));
        }
        objects = strict.size();
        return new Applied(replies, strict.takeNotices(), coordination.takeWakeups());
    }

    /** The answer to {@code command}, which takes effect unless it has before, or may have. */
    private Message once(Command command) {
        if (answers.forgot(command)) {
            return new Forgotten();
        }
        Message known = answers.known(command);
        if (known != null) {
            return known;
        }
        Message answer = step(command);
        if (!isRepeatable(command.body())) {
            answers.keep(command, answer);
        }
        return answer;
    }

    private static boolean isRepeatable(Message body) {
        return (body instanceof StrictCommand strictly && strictly.repeatable())
                || (body instanceof CoordinationCommand coordinated && coordinated.repeatable());
    }

    private Message step(Command command) {
        try {
            if (command.body() instanceof StrictCommand strictly) {
                return strictly(command.client(), strictly);
            } else if (command.body() instanceof CoordinationCommand coordinated) {
                return coordinate(command.client(), coordinated);
            } else if (command.body() instanceof MembershipCommand membership) {
                return membership(membership);
            }
            return new Rejected("the log knows no command " + command.body());
        } catch (RuntimeException wrong) {
            // Every voter fails in the same way: the answer is part of the agreed history.
            return new Rejected(command.body() + " failed: " + wrong);
        }
    }

    private Message membership(MembershipCommand command) {
        Set<MemberId> left = new TreeSet<>();
        Map<MemberId, Long> before = register.current().map(Epoch::joined).orElse(Map.of());
        Message answer = register.apply(command);
        Map<MemberId, Long> after = register.current().map(Epoch::joined).orElse(Map.of());
        before.forEach((member, joined) -> {
            if (!joined.equals(after.get(member))) {
                left.add(member);
            }
        });
        if (!left.isEmpty()) {
            onLeft(left);
        }
        if (command instanceof MembershipCommand.Change change) {
            left.removeAll(after.keySet());
            left.retainAll(forGood(change));
            coordination.onEnded(left);
        }
        return answer;
    }

    private static Set<MemberId> forGood(MembershipCommand.Change change) {
        return change.drop().stream()
                .filter(MembershipCommand.Drop::isForGood)
                .map(MembershipCommand.Drop::member)
                .collect(Collectors.toSet());
    }

    /** These members' stints have ended, whether they come back or not. */
    private void onLeft(Set<MemberId> members) {
        answers.onLeft(members);
        strict.onLeft(members);
        coordination.onLeft(members);
    }

    /**
     * What a member has that left returns, so one that is not in the epoch gets nothing: it would keep that for ever. But what
     * it owes it may settle: its program releases once, and must not find a later release without effect.
     */
    private Message coordinate(MemberId client, CoordinationCommand command) {
        return isMember(client) || coordination.owes(client, command)
                ? coordination.apply(client, command)
                : new Rejected(client + " is not in the epoch");
    }

    /** Nobody would end a watch of one that is not in the epoch. While it is out it gets the news only when it asks again. */
    private Message strictly(MemberId client, StrictCommand command) {
        return command instanceof StrictCommand.Watch watch && !isMember(client)
                ? strict.news(watch)
                : strict.apply(client, command);
    }

    private boolean isMember(MemberId client) {
        return register.current().map(epoch -> epoch.members().contains(client)).orElse(true);
    }

    @Override
    public void writeTo(Consumer<Message> pieces) {
        register.writeTo(pieces);
        strict.writeTo(pieces);
        coordination.writeTo(pieces);
        answers.writeTo(pieces);
    }

    @Override
    public void readFrom(Iterator<Message> pieces) {
        register.reset();
        strict.reset();
        coordination.reset();
        answers.reset();
        pieces.forEachRemaining(this::read);
        objects = strict.size();
    }

    private void read(Message piece) {
        if (piece instanceof Agreed agreed) {
            register.read(agreed);
        } else if (piece instanceof StrictPiece strictly) {
            strict.read(strictly);
        } else if (piece instanceof CoordinationPiece coordinated) {
            coordination.read(coordinated);
        } else if (piece instanceof SpinePiece client) {
            answers.read(client);
        } else {
            throw new IllegalArgumentException("not a piece of this log's snapshot: " + piece);
        }
    }
}

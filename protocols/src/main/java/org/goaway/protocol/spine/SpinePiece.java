package org.goaway.protocol.spine;

import java.util.List;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.Message;

/** What the once-only table adds to a snapshot: one client's floor and the answers it may still ask for. */
public record SpinePiece(MemberId client, long lowest, List<Reply> answers) implements Message {}

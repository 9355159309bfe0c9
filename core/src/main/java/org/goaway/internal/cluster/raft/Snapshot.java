package org.goaway.internal.cluster.raft;

import java.util.List;
import org.goaway.internal.cluster.raft.RaftMessage.SnapshotHead;
import org.goaway.protocol.Message;

/** A state as of one entry of the log: what stands for all entries up to that one. Its pieces never change. */
record Snapshot(SnapshotHead head, List<Message> pieces) {}

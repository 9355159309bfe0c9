package org.goaway.internal.node;

import java.util.List;
import org.goaway.internal.cluster.MemberInfo;
import org.goaway.internal.cluster.Membership;
import org.goaway.internal.cluster.raft.RaftMessage;
import org.goaway.internal.code.CodeFile;
import org.goaway.internal.code.CodeVersion;
import org.goaway.internal.code.FetchFiles;
import org.goaway.internal.code.FetchedFiles;
import org.goaway.internal.output.AskLevel;
import org.goaway.internal.output.Logged;
import org.goaway.internal.output.LoggerLevel;
import org.goaway.internal.output.Printed;
import org.goaway.internal.output.PrintedAck;
import org.goaway.internal.task.Failure;
import org.goaway.internal.task.Result;
import org.goaway.internal.task.TaskNews;
import org.goaway.internal.task.TaskReport;
import org.goaway.internal.task.Work;
import org.goaway.internal.wire.MessageCodec;
import org.goaway.protocol.Answer;
import org.goaway.protocol.Epoch;
import org.goaway.protocol.Fence;
import org.goaway.protocol.MemberId;
import org.goaway.protocol.ObjectId;
import org.goaway.protocol.Operation;
import org.goaway.protocol.Value;
import org.goaway.protocol.Version;
import org.goaway.protocol.coordination.Amount;
import org.goaway.protocol.coordination.CoordinationCommand;
import org.goaway.protocol.coordination.CoordinationPiece;
import org.goaway.protocol.coordination.Ended;
import org.goaway.protocol.coordination.Misuse;
import org.goaway.protocol.coordination.Place;
import org.goaway.protocol.coordination.Standings;
import org.goaway.protocol.coordination.Waits;
import org.goaway.protocol.coordination.Wakeup;
import org.goaway.protocol.coordination.Woken;
import org.goaway.protocol.diff.Change;
import org.goaway.protocol.diff.Patch;
import org.goaway.protocol.fastread.Contents;
import org.goaway.protocol.fastread.FastReadMessage;
import org.goaway.protocol.lock.Acquire;
import org.goaway.protocol.lock.Await;
import org.goaway.protocol.lock.Cancel;
import org.goaway.protocol.lock.Grant;
import org.goaway.protocol.lock.Queued;
import org.goaway.protocol.lock.Report;
import org.goaway.protocol.lock.Reported;
import org.goaway.protocol.lock.Signal;
import org.goaway.protocol.lock.Unlock;
import org.goaway.protocol.membership.Agreed;
import org.goaway.protocol.membership.EpochMessage;
import org.goaway.protocol.membership.Found;
import org.goaway.protocol.membership.Founded;
import org.goaway.protocol.membership.MembershipCommand;
import org.goaway.protocol.membership.RegistrarMessage;
import org.goaway.protocol.membership.Renewed;
import org.goaway.protocol.release.Confirm;
import org.goaway.protocol.release.Confirmed;
import org.goaway.protocol.release.Diff;
import org.goaway.protocol.release.Fetch;
import org.goaway.protocol.release.Inventory;
import org.goaway.protocol.release.Latest;
import org.goaway.protocol.release.State;
import org.goaway.protocol.release.Synced;
import org.goaway.protocol.spine.Applied;
import org.goaway.protocol.spine.Command;
import org.goaway.protocol.spine.Entry;
import org.goaway.protocol.spine.Forgotten;
import org.goaway.protocol.spine.Rejected;
import org.goaway.protocol.spine.Reply;
import org.goaway.protocol.spine.SpineMessage;
import org.goaway.protocol.spine.SpinePiece;
import org.goaway.protocol.strict.Changed;
import org.goaway.protocol.strict.FieldNames;
import org.goaway.protocol.strict.News;
import org.goaway.protocol.strict.Notice;
import org.goaway.protocol.strict.StrictCommand;
import org.goaway.protocol.strict.StrictPiece;
import org.goaway.protocol.strict.WatchedField;
import org.goaway.protocol.task.TaskMessage;
import org.goaway.protocol.weak.Collect;
import org.goaway.protocol.weak.Compare;
import org.goaway.protocol.weak.Differing;
import org.goaway.protocol.weak.FieldSet;
import org.goaway.protocol.weak.Held;
import org.goaway.protocol.weak.Installed;
import org.goaway.protocol.weak.Round;
import org.goaway.protocol.weak.Sets;
import org.goaway.protocol.weak.WeakVersion;

/**
 * The one table of what members send each other and keep in the log. An id is never given to another type; each package
 * has a range of its own.
 */
final class WireTypes {

    private record Range(int first, List<Class<? extends Record>> types) {}

    private static final int VALUE = 1;
    private static final int PATCH = 270;

    private static final List<Range> RANGES = List.of(
            new Range(
                    2, List.of(MemberId.class, Epoch.class, ObjectId.class, Version.class, Answer.class, Fence.class)),
            new Range(
                    10,
                    List.of(
                            Operation.Set.class,
                            Operation.CompareAndSet.class,
                            Operation.Add.class,
                            Operation.SetIf.class,
                            Operation.Clear.class)),
            new Range(
                    20,
                    List.of(
                            Found.class,
                            Founded.class,
                            Agreed.class,
                            Renewed.class,
                            MembershipCommand.Change.class,
                            MembershipCommand.Drop.class,
                            MembershipCommand.Promote.class,
                            MembershipCommand.Renew.class,
                            MembershipCommand.Renewal.class)),
            new Range(
                    30,
                    List.of(
                            Applied.class,
                            Command.class,
                            Entry.class,
                            Rejected.class,
                            Reply.class,
                            SpinePiece.class,
                            SpineMessage.Submit.class,
                            SpineMessage.Replies.class,
                            SpineMessage.NotLeading.class,
                            SpineMessage.WhoLeads.class,
                            SpineMessage.Leads.class,
                            Forgotten.class)),
            new Range(
                    50,
                    List.of(
                            Changed.class,
                            FieldNames.class,
                            News.class,
                            Notice.class,
                            WatchedField.class,
                            StrictCommand.Operate.class,
                            StrictCommand.Get.class,
                            StrictCommand.Fields.class,
                            StrictCommand.Watch.class,
                            StrictCommand.Unwatch.class,
                            StrictPiece.Count.class,
                            StrictPiece.Field.class,
                            StrictPiece.Watcher.class,
                            StrictPiece.Token.class)),
            new Range(
                    240,
                    List.of(
                            CoordinationCommand.Arrive.class,
                            CoordinationCommand.Acquire.class,
                            CoordinationCommand.AwaitZero.class,
                            CoordinationCommand.Release.class,
                            CoordinationCommand.Available.class,
                            CoordinationCommand.CountDown.class,
                            CoordinationCommand.Count.class,
                            CoordinationCommand.Get.class,
                            CoordinationCommand.Put.class,
                            CoordinationCommand.Add.class,
                            CoordinationCommand.CompareAndSet.class,
                            CoordinationCommand.Sync.class,
                            Ended.class,
                            Waits.class,
                            Standings.class,
                            Amount.class,
                            Misuse.class,
                            Woken.class,
                            Wakeup.class,
                            Place.class,
                            CoordinationPiece.OfBarrier.class,
                            CoordinationPiece.OfSemaphore.class,
                            CoordinationPiece.OfLatch.class,
                            CoordinationPiece.OfLong.class,
                            CoordinationPiece.OfEnded.class)),
            new Range(
                    70,
                    List.of(
                            FastReadMessage.Write.class,
                            FastReadMessage.Lock.class,
                            FastReadMessage.Change.class,
                            FastReadMessage.Finished.class,
                            FastReadMessage.LockAll.class,
                            Contents.class,
                            Contents.Field.class,
                            FastReadMessage.Ack.class,
                            FastReadMessage.Update.class,
                            FastReadMessage.Done.class,
                            FastReadMessage.Resolve.class,
                            FastReadMessage.SnapshotAsk.class,
                            FastReadMessage.SnapshotPart.class)),
            new Range(
                    90,
                    List.of(
                            Sets.class,
                            FieldSet.class,
                            WeakVersion.class,
                            Installed.class,
                            Compare.class,
                            Compare.Part.class,
                            Differing.class,
                            Differing.Part.class)),
            new Range(290, List.of(Round.class, Collect.class, Held.class)),
            new Range(
                    100,
                    List.of(
                            Acquire.class,
                            Await.class,
                            Cancel.class,
                            Unlock.class,
                            Signal.class,
                            Grant.class,
                            Queued.class,
                            Report.class,
                            Report.Hold.class,
                            Reported.class)),
            new Range(
                    110,
                    List.of(
                            Diff.class,
                            Fetch.class,
                            State.class,
                            Latest.class,
                            org.goaway.protocol.release.Applied.class,
                            org.goaway.protocol.release.Report.class,
                            Inventory.class,
                            Synced.class,
                            Confirm.class,
                            Confirmed.class)),
            new Range(271, List.of(Change.class)),
            new Range(120, List.of(MemberInfo.class, Membership.Introduction.class)),
            new Range(
                    130,
                    List.of(
                            FoundingMessage.Ask.class,
                            FoundingMessage.Join.class,
                            FoundingMessage.Begin.class,
                            FoundingMessage.Answer.class,
                            Programs.Ends.class,
                            ProcessEnded.class)),
            new Range(140, List.of(CodeVersion.class, CodeFile.class, FetchFiles.class, FetchedFiles.class)),
            new Range(150, List.of(Printed.class, PrintedAck.class, Logged.class, AskLevel.class, LoggerLevel.class)),
            new Range(
                    169,
                    List.of(
                            Failure.class,
                            Failure.Frame.class,
                            Work.class,
                            Result.class,
                            TaskNews.Started.class,
                            TaskNews.Blocked.class,
                            TaskNews.Explain.class,
                            TaskNews.Explained.class,
                            TaskNews.Unheld.class)),
            new Range(
                    280,
                    List.of(
                            TaskMessage.Envelope.class,
                            TaskMessage.Assign.class,
                            TaskMessage.Missing.class,
                            TaskMessage.Room.class,
                            TaskMessage.Out.class,
                            TaskMessage.Finished.class,
                            TaskMessage.Cancel.class,
                            TaskMessage.Done.class)),
            new Range(
                    180,
                    List.of(
                            RegistrarMessage.LeaseRequest.class,
                            RegistrarMessage.Joining.class,
                            RegistrarMessage.Leaving.class,
                            RegistrarMessage.Ended.class,
                            RegistrarMessage.Promotion.class,
                            EpochMessage.LeaseGranted.class,
                            EpochMessage.Announcement.class,
                            EpochMessage.EpochRequest.class,
                            EpochMessage.Stale.class,
                            EpochMessage.NotLeading.class,
                            EpochMessage.OtherCluster.class,
                            EpochMessage.Hello.class,
                            EpochMessage.Heard.class,
                            EpochMessage.LeaseRefused.class,
                            RegistrarMessage.Failed.class)),
            new Range(
                    220,
                    List.of(
                            RaftMessage.Invite.class,
                            RaftMessage.Leads.class,
                            RaftMessage.Follows.class,
                            RaftMessage.AskVote.class,
                            RaftMessage.Vote.class,
                            RaftMessage.Frame.class,
                            RaftMessage.SnapshotHead.class,
                            RaftMessage.SnapshotPart.class,
                            RaftMessage.SnapshotTaken.class,
                            RaftMessage.LeadsNoMore.class)),
            new Range(
                    300,
                    List.of(
                            Standing.Ask.class,
                            Standing.class,
                            TaskReport.class,
                            ClusterReport.class,
                            ClusterReport.OfMember.class,
                            ClusterReport.OfTask.class)));

    private WireTypes() {}

    /** A codec for all of them. */
    static MessageCodec codec() {
        MessageCodec.Builder table = MessageCodec.builder()
                .scalar(VALUE, Value.class, Value::bytes, Value::of)
                .scalar(PATCH, Patch.class, Patch::bytes, Patch::of);
        for (Range range : RANGES) {
            for (int i = 0; i < range.types().size(); i++) {
                table.type(range.first() + i, range.types().get(i));
            }
        }
        return table.recurs(MemberId.class).recurs(ObjectId.class).build();
    }
}

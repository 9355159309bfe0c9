-------------------------------- MODULE Lease --------------------------------
(***************************************************************************)
(* The one assumption FastRead.tla and Release.tla make on time: when the  *)
(* register drops a member, the member has no lease.  One member, discrete *)
(* time, one change of the Raft leader (A, then B, elected at te).  A does *)
(* not notice that it was deposed.  Clocks run alike (add drift to L at    *)
(* the register's side).  Omit: rules switched OFF.  LeaseLog.tla is the   *)
(* same with RENEW and CHANGE as entries of a log, decided and applied in  *)
(* two steps.                                                              *)
(***************************************************************************)
EXTENDS Integers
CONSTANTS T, L, Omit
On(r) == r \notin Omit
VARIABLES now, te, reqs, grants, leaseEnd, lastA, lastB, dropped
vars == <<now, te, reqs, grants, leaseEnd, lastA, lastB, dropped>>
Max(a, b) == IF a > b THEN a ELSE b

Init == /\ now = L /\ te = -1 /\ reqs = {} /\ grants = {} /\ leaseEnd = 0
        /\ lastA = 0 /\ lastB = 0 /\ dropped = FALSE
Tick == now < T /\ now' = now + 1
        /\ UNCHANGED <<te, reqs, grants, leaseEnd, lastA, lastB, dropped>>
Send == reqs' = reqs \cup {now}         \* RENEW, t0 = now
        /\ UNCHANGED <<now, te, grants, leaseEnd, lastA, lastB, dropped>>
\* A has received the request and then, if the rule is on, a majority has
\* confirmed that A still leads; it does so only before B's election.
GrantA(t) == /\ t \in reqs /\ (On("confirm") => te = -1) /\ ~(dropped /\ te = -1)
             /\ grants' = grants \cup {t} /\ lastA' = now
             /\ UNCHANGED <<now, te, reqs, leaseEnd, lastB, dropped>>
GrantB(t) == /\ t \in reqs /\ te >= 0 /\ ~dropped
             /\ grants' = grants \cup {t} /\ lastB' = now
             /\ UNCHANGED <<now, te, reqs, leaseEnd, lastA, dropped>>
Elect == /\ te = -1 /\ te' = now
         /\ UNCHANGED <<now, reqs, grants, leaseEnd, lastA, lastB, dropped>>
\* the reply may be late; the lease counts from the sending of the request
Recv(t) == /\ t \in grants
           /\ leaseEnd' = Max(leaseEnd, (IF On("fromRequest") THEN t ELSE now) + L)
           /\ UNCHANGED <<now, te, reqs, grants, lastA, lastB, dropped>>
Drop == /\ ~dropped
        /\ IF te = -1 THEN On("waitGrant") => now >= lastA + L
           ELSE /\ On("newLeaderWaits") => now >= te + L
                /\ On("waitGrant") => now >= lastB + L
        /\ dropped' = TRUE
        /\ UNCHANGED <<now, te, reqs, grants, leaseEnd, lastA, lastB>>
Next == Tick \/ Send \/ Elect \/ Drop \/ \E t \in reqs : GrantA(t) \/ GrantB(t) \/ Recv(t)
Spec == Init /\ [][Next]_vars
NoLeaseWhenDropped == dropped => leaseEnd <= now
=============================================================================

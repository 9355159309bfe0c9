------------------------------- MODULE Release -------------------------------
(***************************************************************************)
(* GoAway release consistency: one object with a lock mastered at its home.*)
(* acquire -> the home grants a fencing token together with the version the*)
(* critical section (CS) must start from; release hands in all the CS's    *)
(* diffs in one message and returns at once.                               *)
(* The version of the object IS the token of the last CS applied, so a     *)
(* version can never mean two contents.  A diff is <<token, base>>: it may *)
(* be applied to a copy of version base only, and makes it version token.  *)
(* The content of a copy is modelled by the set of the tokens applied; one *)
(* token stands for all field changes of its CS, which are never split.    *)
(* Epochs, leases, crashes, joins, network: as in FastRead.tla.  Messages  *)
(* are never removed from the sets, so one that is lost is one that is     *)
(* never taken: loss is covered wherever delay is.                         *)
(*   Mode = "home":   releaser -> home; the home multicasts the diff.      *)
(*   Mode = "writer": the releaser multicasts the diff to home and all.    *)
(* Omit: names of rules that are switched OFF.                             *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

CONSTANTS N, MaxCS, MaxEpoch, MaxCrash, MaxJoin, Mode, Omit

Nodes == 1..N
On(rule) == rule \notin Omit

VARIABLES E, up, known, synced,
          ver, hist,     \* the copy: version (= token) and content
          cs, base,      \* cs[n]: token n is in a CS with (0: none), base[n] its version
          pend,          \* pend[n] = <<token, base>>: released, perhaps not yet applied
          hold,          \* home: hold[h] = token that has the lock, 0 = free
          rec,           \* home: rec[h]: recovered, may grant
          grants, rels, diffs, states, reps, acks,   \* network
          done,          \* ghost: tokens whose release a home has applied
          lost,          \* ghost: those of them that no survivor had
          stable,        \* ghost: tokens acknowledged by all members of an epoch
          recEpoch,      \* ghost: highest epoch whose home has recovered
          fence, fenceOK,\* ghost: highest token that entered; entered in order?
          crashes, joins

copyv == <<ver, hist>>
csv   == <<cs, base, pend>>
homev == <<hold, rec>>
net   == <<grants, rels, diffs, states, reps>>
ghost == <<done, lost, stable, recEpoch, fence, fenceOK>>
cnt   == <<crashes, joins>>
mem   == <<E, up, known, synced>>
vars  == <<mem, copyv, csv, homev, net, acks, ghost, cnt>>

Max(a, b) == IF a > b THEN a ELSE b
MinOf(S)  == CHOOSE x \in S : \A y \in S : x <= y
agreed    == Len(E)
Home(e)   == MinOf(E[e].full)
IsHome(n) == up[n] /\ known[n] > 0 /\ Home(known[n]) = n
HasLease(n) == n \in E[agreed].mem /\ known[n] >= E[agreed].join[n]

Init == /\ E = << [mem |-> Nodes, full |-> Nodes, join |-> [n \in Nodes |-> 1]] >>
        /\ up = [n \in Nodes |-> TRUE] /\ known = [n \in Nodes |-> 1]
        /\ synced = [n \in Nodes |-> TRUE]
        /\ ver = [n \in Nodes |-> 0] /\ hist = [n \in Nodes |-> {}]
        /\ cs = [n \in Nodes |-> 0] /\ base = [n \in Nodes |-> 0]
        /\ pend = [n \in Nodes |-> <<0, 0>>]
        /\ hold = [n \in Nodes |-> 0] /\ rec = [n \in Nodes |-> TRUE]
        /\ grants = {} /\ rels = {} /\ diffs = {} /\ states = {} /\ reps = {} /\ acks = {}
        /\ done = {} /\ lost = {} /\ stable = {} /\ recEpoch = 1
        /\ fence = 0 /\ fenceOK = TRUE
        /\ crashes = 0 /\ joins = 0

-----------------------------------------------------------------------------
(* Membership: as in FastRead.tla *)

Crash(n) == /\ crashes < MaxCrash /\ up[n]
            /\ crashes' = crashes + 1
            /\ up' = [up EXCEPT ![n] = FALSE]
            /\ known' = [known EXCEPT ![n] = 0]
            /\ synced' = [synced EXCEPT ![n] = FALSE]
            /\ ver' = [ver EXCEPT ![n] = 0] /\ hist' = [hist EXCEPT ![n] = {}]
            /\ cs' = [cs EXCEPT ![n] = 0] /\ base' = [base EXCEPT ![n] = 0]
            /\ pend' = [pend EXCEPT ![n] = <<0, 0>>]
            /\ hold' = [hold EXCEPT ![n] = 0] /\ rec' = [rec EXCEPT ![n] = FALSE]
            /\ UNCHANGED <<E, net, acks, ghost, joins>>

ChangeEpoch(M, J) ==
  LET old  == E[agreed]
      kept == M \ J
      maybe == {n \in kept \ old.full : up[n] /\ synced[n] /\ known[n] >= old.join[n]}
  IN /\ agreed < MaxEpoch
     /\ M # {} /\ J \subseteq M /\ M \ old.mem \subseteq J
     /\ \A n \in J \cap old.mem : ~up[n]
     /\ joins + Cardinality(J) <= MaxJoin
     /\ \E P \in SUBSET maybe :
          LET F == (old.full \cap kept) \cup P IN
          /\ F # {}
          /\ M # old.mem \/ J # {} \/ F # old.full
          /\ E' = Append(E, [mem |-> M, full |-> F,
                             join |-> [n \in Nodes |-> IF n \in J THEN agreed + 1
                                                                  ELSE old.join[n]]])
     /\ joins' = joins + Cardinality(J)
     /\ up' = [n \in Nodes |-> up[n] \/ n \in J]
     /\ UNCHANGED <<known, synced, copyv, csv, homev, net, acks, ghost, crashes>>

\* report = <<n, epoch, ver, hist, token held, its base, pend>>
Learn(n, e) ==
  LET fresh == E[e].join[n] > known[n]
      v == IF fresh THEN 0 ELSE ver[n]
      h == IF fresh THEN {} ELSE hist[n]
      c == IF fresh THEN 0 ELSE cs[n]
      b == IF fresh THEN 0 ELSE base[n]
      p == IF fresh THEN <<0, 0>> ELSE pend[n]
  IN /\ up[n] /\ e > known[n] /\ n \in E[e].mem
     /\ known[n] = 0 => e >= E[agreed].join[n]
     /\ known' = [known EXCEPT ![n] = e]
     /\ synced' = [synced EXCEPT ![n] = IF fresh THEN FALSE ELSE @]
     /\ ver' = [ver EXCEPT ![n] = v] /\ hist' = [hist EXCEPT ![n] = h]
     /\ cs' = [cs EXCEPT ![n] = c] /\ base' = [base EXCEPT ![n] = b]
     /\ pend' = [pend EXCEPT ![n] = p]
     /\ hold' = [hold EXCEPT ![n] = 0] /\ rec' = [rec EXCEPT ![n] = FALSE]
     /\ reps' = reps \cup {<<n, e, v, h, c, b, p>>}
     /\ UNCHANGED <<E, up, grants, rels, diffs, states, acks, ghost, cnt>>

\* The home of e, once it has the reports of ALL members of e: the highest
\* version wins; then the release still pending on top of it, if any; then the
\* token that is still held, if any.
Recover(h) ==
  LET e  == known[h]
      R0 == {r \in reps : r[2] = e}
      R  == IF On("reportAll") THEN R0 ELSE {r \in R0 : r[1] = h}
      hi == CHOOSE r \in R : \A q \in R : q[3] <= r[3]
      P  == {r \in R : r[7][1] > hi[3] /\ r[7][2] = hi[3] /\ On("reportPend")}
      H  == {r \in R : r[5] > hi[3] /\ On("reportHeld")}
      nv == IF P = {} THEN hi[3] ELSE (CHOOSE r \in P : TRUE)[7][1]
      nh == IF P = {} THEN hi[4] ELSE hi[4] \cup {nv}
  IN /\ IsHome(h) /\ ~rec[h]
     /\ On("reportAll") => {r[1] : r \in R} = E[e].mem
     /\ rec' = [rec EXCEPT ![h] = TRUE]
     /\ ver' = [ver EXCEPT ![h] = nv] /\ hist' = [hist EXCEPT ![h] = nh]
     /\ hold' = [hold EXCEPT ![h] = IF H = {} THEN 0 ELSE (CHOOSE r \in H : TRUE)[5]]
     /\ states' = states \cup {<<e, nv, nh>>}       \* sent to all members
     /\ acks' = acks \cup {<<h, e, t>> : t \in nh}
     /\ recEpoch' = Max(recEpoch, e)
     /\ IF e > recEpoch
        THEN done' = done \cup nh /\ lost' = (done \cup lost) \ nh
        ELSE UNCHANGED <<done, lost>>
     /\ UNCHANGED <<mem, csv, grants, rels, diffs, reps, stable, fence, fenceOK, cnt>>

-----------------------------------------------------------------------------
(* Lock and release *)

CSs == {g[3] : g \in grants}     \* tokens granted so far (bounds the model)

\* The home grants to a member that asked (FIFO order is no matter of safety).
Grant(h, n) ==
  LET last == {g[3] : g \in {x \in grants : x[1] = known[h]}}  \* it remembers its last token
      t == Max(Max(10 * known[h], ver[h]),
               IF last = {} THEN 0 ELSE CHOOSE x \in last : \A y \in last : y <= x) + 1 IN
  /\ IsHome(h) /\ rec[h] /\ hold[h] = 0 /\ n \in E[known[h]].mem
  /\ Cardinality(CSs) < MaxCS
  /\ hold' = [hold EXCEPT ![h] = t]
  /\ grants' = grants \cup {<<known[h], n, t, ver[h]>>}
  /\ UNCHANGED <<mem, copyv, csv, rec, rels, diffs, states, reps, acks, ghost, cnt>>

\* Rule under test: the home may take the lock from a dead holder at once,
\* without an epoch change (it should NOT).
Takeover(h) ==
  /\ ~On("takeoverByEpoch") /\ IsHome(h) /\ rec[h] /\ hold[h] # 0
  /\ \E g \in grants : g[3] = hold[h] /\ ~up[g[2]]
  /\ hold' = [hold EXCEPT ![h] = 0]
  /\ UNCHANGED <<mem, copyv, csv, rec, net, acks, ghost, cnt>>

Enter(n, g) ==
  /\ up[n] /\ g[2] = n /\ cs[n] = 0
  /\ IF On("epochTag") THEN known[n] = g[1] ELSE known[n] >= g[1]
  /\ g[3] > ver[n] /\ g[3] > pend[n][1]       \* a grant is used once
  /\ On("waitVersion") => ver[n] = g[4]
  /\ On("leaseCS") => HasLease(n)
  /\ cs' = [cs EXCEPT ![n] = g[3]]
  /\ base' = [base EXCEPT ![n] = g[4]]
  /\ fence' = Max(fence, g[3])
  /\ fenceOK' = (fenceOK /\ g[3] > fence)
  /\ UNCHANGED <<mem, copyv, pend, homev, net, acks, done, lost, stable, recEpoch, cnt>>

\* Needs no lease; returns at once.  pend is kept until the copy has the token.
Release(n) ==
  /\ up[n] /\ cs[n] # 0
  /\ cs' = [cs EXCEPT ![n] = 0]
  /\ pend' = [pend EXCEPT ![n] = <<cs[n], base[n]>>]
  /\ rels' = rels \cup {<<known[n], n, cs[n], base[n]>>}
  /\ diffs' = IF Mode = "writer" THEN diffs \cup {<<known[n], cs[n], base[n]>>} ELSE diffs
  /\ UNCHANGED <<mem, copyv, base, homev, grants, states, reps, acks, ghost, cnt>>

AddAck(n, ts) == LET e == known[n] A == acks \cup {<<n, e, t>> : t \in ts} IN
  /\ acks' = A
  /\ stable' = stable \cup {t \in ts : \A m \in E[e].mem : <<m, e, t>> \in A}

HomeApply(h, r) ==  \* r = <<epoch, releaser, token, base>>
  /\ IsHome(h) /\ rec[h] /\ r[1] = known[h]
  /\ IF On("fence") THEN hold[h] = r[3] ELSE r[3] \notin hist[h]
  /\ ver' = [ver EXCEPT ![h] = r[3]]
  /\ hist' = [hist EXCEPT ![h] = @ \cup {r[3]}]
  /\ hold' = [hold EXCEPT ![h] = 0]
  /\ diffs' = IF Mode = "home" THEN diffs \cup {<<r[1], r[3], r[4]>>} ELSE diffs
  /\ AddAck(h, hist'[h])
  /\ done' = done \cup {r[3]}
  /\ lost' = CASE known[h] >= recEpoch -> lost \ {r[3]}
               [] r[3] \in done         -> lost
               [] OTHER                 -> lost \cup {r[3]}  \* a stale home
  /\ UNCHANGED <<mem, csv, rec, grants, rels, states, reps, recEpoch, fence, fenceOK, cnt>>

Apply(n, d) ==      \* d = <<epoch, token, base>>; not in order -> asks for a STATE
  /\ up[n] /\ ~(IsHome(n) /\ On("homeByRelease"))
  /\ IF On("epochTag") THEN known[n] = d[1] ELSE known[n] >= d[1]
  /\ ver[n] = d[3]
  /\ ver' = [ver EXCEPT ![n] = d[2]]
  /\ hist' = [hist EXCEPT ![n] = @ \cup {d[2]}]
  /\ synced' = synced
  /\ AddAck(n, hist'[n])
  /\ UNCHANGED <<E, up, known, csv, homev, net, done, lost, recEpoch, fence, fenceOK, cnt>>

SendState(h) ==     \* on request of a member that lacks something
  /\ IsHome(h) /\ rec[h] /\ <<known[h], ver[h], hist[h]>> \notin states
  /\ \E n \in E[known[h]].mem : up[n] /\ known[n] = known[h] /\ ver[n] < ver[h]
  /\ states' = states \cup {<<known[h], ver[h], hist[h]>>}
  /\ UNCHANGED <<mem, copyv, csv, homev, grants, rels, diffs, reps, acks, ghost, cnt>>

ApplyState(n, s) == \* s = <<epoch, ver, hist>>
  /\ up[n] /\ known[n] = s[1] /\ ~IsHome(n)
  /\ s[2] > ver[n] \/ (s[2] = ver[n] /\ ~synced[n])
  /\ ver' = [ver EXCEPT ![n] = s[2]]
  /\ hist' = [hist EXCEPT ![n] = s[3]]
  /\ synced' = [synced EXCEPT ![n] = TRUE]
  /\ AddAck(n, s[3])
  /\ UNCHANGED <<E, up, known, csv, homev, net, done, lost, recEpoch, fence, fenceOK, cnt>>

-----------------------------------------------------------------------------
Protocol ==
  \E n \in Nodes : \/ Recover(n) \/ Release(n) \/ SendState(n) \/ Takeover(n)
                   \/ \E e \in 1..agreed : Learn(n, e)
                   \/ \E g \in grants : Enter(n, g)
                   \/ \E r \in rels : HomeApply(n, r)
                   \/ \E d \in diffs : Apply(n, d)
                   \/ \E s \in states : ApplyState(n, s)
Next == \/ Protocol
        \/ \E n \in Nodes : Crash(n)
        \/ \E h, n \in Nodes : Grant(h, n)
        \/ \E M \in SUBSET Nodes : \E J \in SUBSET M : ChangeEpoch(M, J)
Spec == Init /\ [][Next]_vars

Live(e) == up[Home(e)] /\ known[Home(e)] <= e
View == <<mem, copyv, csv, homev, ghost, cnt, rels, Cardinality(CSs),
          {g \in grants : \/ ~On("takeoverByEpoch")
                          \/ LET n == g[2] IN /\ up[n] /\ (known[n] <= g[1] \/ ~On("epochTag"))
                                             /\ g[3] > ver[n] /\ g[3] > pend[n][1]},
          {d \in diffs : \E n \in Nodes : up[n] /\ (known[n] <= d[1] \/ ~On("epochTag"))
                                          /\ ver[n] < d[2]},
          {s \in states : \E n \in Nodes : up[n] /\ known[n] <= s[1]
                                          /\ (ver[n] < s[2] \/ ~synced[n])},
          {r \in reps : Live(r[2]) /\ (known[Home(r[2])] = r[2] => ~rec[Home(r[2])])},
          {a \in acks : a[3] \notin stable}>>

-----------------------------------------------------------------------------
Toks == 0..(10 * MaxEpoch + 9)
TypeOK == /\ ver \in [Nodes -> Toks] /\ cs \in [Nodes -> Toks] /\ hold \in [Nodes -> Toks]
          /\ \A n \in Nodes : hist[n] \subseteq Toks
          /\ \A n \in Nodes : ver[n] # 0 => ver[n] \in hist[n]
          /\ \A n \in Nodes : \A t \in hist[n] : t <= ver[n]
          /\ \A e \in 1..agreed : E[e].full # {} /\ E[e].full \subseteq E[e].mem
\* at most one valid-lease holder; tokens enter in increasing order
Mutex   == \A m, n \in Nodes : cs[m] # 0 /\ cs[n] # 0 /\ HasLease(m) /\ HasLease(n) => m = n
Fence   == fenceOK
\* a CS sees exactly the completed CSs that were not lost (with all their diffs)
Sees    == \A n \in Nodes : cs[n] # 0 /\ HasLease(n) => hist[n] = done \ lost
\* what may be lost: nothing stable; nothing while its releaser stays a member
NoLostStable == lost \cap stable = {}
NoLostAlive  == \A r \in rels : r[3] \in lost =>
                  \/ ~up[r[2]] \/ r[2] \notin E[recEpoch].mem \/ E[recEpoch].join[r[2]] > r[1]
                  \/ known[r[2]] = 0
\* every full member of a recovered epoch that has caught up holds what is stable
Kept    == \A n \in E[agreed].full : up[n] /\ synced[n] => stable \subseteq hist[n]
\* same version, same content, among the members in the agreed, recovered epoch
OneContent == \A m, n \in Nodes : up[m] /\ up[n] /\ known[m] = agreed /\ known[n] = agreed
                /\ recEpoch = agreed /\ ver[m] = ver[n] => hist[m] = hist[n]
=============================================================================

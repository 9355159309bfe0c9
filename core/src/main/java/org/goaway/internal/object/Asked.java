package org.goaway.internal.object;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A claim that was brought to the loop, as its thread sees it. */
final class Asked {

    private final Calls calls;
    private final CompletableFuture<Long> token;
    private final CompletableFuture<Void> queued = new CompletableFuture<>();
    private volatile Claim claim;

    Asked(Calls calls, Supplier<? extends Claim> ask) {
        this.calls = calls;
        this.token = calls.start(() -> {
            claim = ask.get();
            var unused = claim.queued().thenRun(() -> queued.complete(null));
            return claim.token();
        });
    }

    CompletableFuture<Long> token() {
        return token;
    }

    /** Completed when the claim is granted, refused or behind somebody else's. */
    CompletableFuture<Void> answered() {
        var unused = token.whenComplete((granted, failure) -> queued.complete(null));
        return queued;
    }

    boolean granted() {
        return token.isDone() && !token.isCompletedExceptionally();
    }

    /** Who has it now, in words; empty: not known. */
    String heldBy() {
        Claim asked = claim;
        return asked == null ? "" : asked.heldBy().orElse("");
    }

    void giveUp() {
        calls.tell(() -> {
            if (claim != null) {
                claim.giveUp();
            }
        });
    }
}

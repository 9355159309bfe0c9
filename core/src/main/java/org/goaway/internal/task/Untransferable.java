package org.goaway.internal.task;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.goaway.NotTransferableException;

/** Says what to write instead of a task of java.util.concurrent that cannot travel. */
final class Untransferable {

    private static final String STAGE = "java.util.concurrent.CompletableFuture$";

    private Untransferable() {}

    /** What is thrown for {@code task}, which the codec has refused with {@code why}. */
    static NotTransferableException refusal(Object task, NotTransferableException why) {
        Class<?> type = task.getClass();
        String name = type.getName();
        if (name.startsWith(STAGE)) {
            return new NotTransferableException(
                    "a task of CompletableFuture (" + name.substring(STAGE.length())
                            + ") completes a future of this process and cannot travel. Instead of supplyAsync(f, executor)"
                            + " or runAsync(f, executor) write executor.submit(() -> ...): the RemoteTask that it returns"
                            + " is a CompletionStage; and instead of stage.thenApplyAsync(f, executor) write"
                            + " stage.thenCompose(x -> executor.submit(() -> f(x)))",
                    why);
        }
        if (isLambda(type) && !(task instanceof Serializable)) {
            boolean returns = task instanceof Callable;
            return new NotTransferableException(
                    "a lambda in " + name.substring(0, name.indexOf("$$Lambda")) + " is typed as "
                            + type.getInterfaces()[0].getName()
                            + ", which is not Serializable, so it cannot travel. Write it"
                            + " where you submit it, executor.submit(() -> ...), or type its variable as "
                            + (returns
                                    ? "RemoteCallable (for invokeAll and invokeAny: List<RemoteCallable<...>>)"
                                    : "RemoteJob"),
                    why);
        }
        if (name.startsWith("java.")) {
            return new NotTransferableException(
                    "a " + name + " belongs to this process and cannot travel. Submit the function itself:"
                            + " executor.submit(() -> ...) returns a RemoteTask, which is a Future and a CompletionStage",
                    why);
        }
        return why;
    }

    private static boolean isLambda(Class<?> type) {
        return type.getName().contains("$$Lambda") && type.getInterfaces().length > 0;
    }
}

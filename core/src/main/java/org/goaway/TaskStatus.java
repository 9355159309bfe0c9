package org.goaway;

/** How far a task is, as its starter knows it. The last three are final. */
public enum TaskStatus {
    /** Not known to have started. */
    PENDING,
    /** Its function has been entered. */
    RUNNING,
    /** It returned. */
    DONE,
    /** It threw, its time was up, or its member left. */
    FAILED,
    /** It was cancelled; its thread may still be on its way out. */
    CANCELLED
}

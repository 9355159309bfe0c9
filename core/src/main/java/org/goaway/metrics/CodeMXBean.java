package org.goaway.metrics;

/** The classes and other files of programs that a member has fetched for its tasks, or served to others. {@code type=Code}. */
public interface CodeMXBean {

    /** How many times it has asked a program's member for what it lacked. */
    long getFetches();

    /** How long threads have waited for that, in seconds in all. */
    double getFetchSeconds();

    /** How many files it got so; what it had in its cache is not sent again and not counted. */
    long getFilesFetched();

    /** How many bytes these had. */
    long getBytesFetched();

    /** How many files it has sent to other members. */
    long getFilesServed();

    /** How many bytes these had. */
    long getBytesServed();
}

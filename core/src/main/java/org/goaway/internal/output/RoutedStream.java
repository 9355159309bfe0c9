package org.goaway.internal.output;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Stands in for {@code System.out} or {@code System.err}: what a task's thread prints goes to the task's own stream,
 * everything else to the original. Every method is passed on without taking this stream's monitor, so that a task that is
 * held back holds nobody else back.
 */
final class RoutedStream extends PrintStream {

    private final PrintStream original;
    private final boolean error;
    private int users;

    RoutedStream(PrintStream original, boolean error) {
        super(original, false);
        this.original = original;
        this.error = error;
    }

    PrintStream original() {
        return original;
    }

    void enter() {
        users++;
    }

    /** Whether the last user left. */
    boolean leave() {
        return --users == 0;
    }

    private PrintStream target() {
        TaskOutput task = TaskOutput.ofThread();
        return task == null ? original : task.stream(error);
    }

    @Override
    public void flush() {
        target().flush();
    }

    @Override
    public void close() {
        flush(); // a program that closes its standard output must not close that of its node
    }

    @Override
    public boolean checkError() {
        return target().checkError();
    }

    @Override
    public void write(int b) {
        target().write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        target().write(bytes, from, length);
    }

    @Override
    public void write(byte[] bytes) {
        target().write(bytes, 0, bytes.length);
    }

    @Override
    public void writeBytes(byte[] bytes) {
        target().write(bytes, 0, bytes.length);
    }

    @Override
    public void print(boolean value) {
        target().print(value);
    }

    @Override
    public void print(char value) {
        target().print(value);
    }

    @Override
    public void print(int value) {
        target().print(value);
    }

    @Override
    public void print(long value) {
        target().print(value);
    }

    @Override
    public void print(float value) {
        target().print(value);
    }

    @Override
    public void print(double value) {
        target().print(value);
    }

    @Override
    public void print(char[] value) {
        target().print(value);
    }

    @Override
    public void print(String value) {
        target().print(value);
    }

    @Override
    public void print(Object value) {
        target().print(value);
    }

    @Override
    public void println() {
        target().println();
    }

    @Override
    public void println(boolean value) {
        target().println(value);
    }

    @Override
    public void println(char value) {
        target().println(value);
    }

    @Override
    public void println(int value) {
        target().println(value);
    }

    @Override
    public void println(long value) {
        target().println(value);
    }

    @Override
    public void println(float value) {
        target().println(value);
    }

    @Override
    public void println(double value) {
        target().println(value);
    }

    @Override
    public void println(char[] value) {
        target().println(value);
    }

    @Override
    public void println(String value) {
        target().println(value);
    }

    @Override
    public void println(Object value) {
        target().println(value);
    }

    @Override
    public PrintStream printf(String format, Object... values) {
        target().format(format, values);
        return this;
    }

    @Override
    public PrintStream printf(Locale locale, String format, Object... values) {
        target().format(locale, format, values);
        return this;
    }

    @Override
    public PrintStream format(String format, Object... values) {
        target().format(format, values);
        return this;
    }

    @Override
    public PrintStream format(Locale locale, String format, Object... values) {
        target().format(locale, format, values);
        return this;
    }

    @Override
    public PrintStream append(CharSequence text) {
        target().append(text);
        return this;
    }

    @Override
    public PrintStream append(CharSequence text, int from, int to) {
        target().append(text, from, to);
        return this;
    }

    @Override
    public PrintStream append(char value) {
        target().append(value);
        return this;
    }
}

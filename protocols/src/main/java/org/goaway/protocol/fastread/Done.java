package org.goaway.protocol.fastread;

import org.goaway.protocol.Answer;
import org.goaway.protocol.Fenced;
import org.goaway.protocol.ObjectId;

/** The answer to one {@link Write}, where it does not ride on an {@link Update}. */
public record Done(long epoch, ObjectId object, long seq, Answer answer) implements Fenced {}

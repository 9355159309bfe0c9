package org.goaway.internal.cluster.link;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class warns of, or complains about, while this is open. */
public final class Warnings extends AbstractAppender implements AutoCloseable {

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final Logger logger;

    public Warnings(Class<?> type) {
        super("warnings of " + type.getSimpleName(), null, null, true, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(type);
        start();
        logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
            texts.add(event.getMessage().getFormattedMessage());
        }
    }

    /** The next one; null: there is none for so long. */
    public String next(Duration atMost) throws InterruptedException {
        return texts.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}

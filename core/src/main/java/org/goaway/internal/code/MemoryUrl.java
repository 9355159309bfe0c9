package org.goaway.internal.code;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** Addresses of resources that are in memory. */
final class MemoryUrl {

    private MemoryUrl() {}

    /** An address that opens {@code bytes}; {@code path} is only for people. */
    static URL of(String path, byte[] bytes) {
        try {
            return new URL("goaway", null, -1, "/" + path, new Handler(bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("an address with its own handler is never malformed", e);
        }
    }

    private static final class Handler extends URLStreamHandler {
        private final byte[] bytes;

        Handler(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new Connection(url, bytes);
        }
    }

    private static final class Connection extends URLConnection {
        private final byte[] bytes;

        Connection(URL url, byte[] bytes) {
            super(url);
            this.bytes = bytes;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long getContentLengthLong() {
            return bytes.length;
        }
    }
}

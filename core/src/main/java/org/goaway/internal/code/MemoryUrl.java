package org.goaway.internal.code;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** Addresses of resources that are in memory. */
final class MemoryUrl {

    private MemoryUrl() {}

    /**
     * An address that opens {@code bytes}.
     *
     * @param index tells it from other contents of the same path
     */
    static URL of(String path, int index, byte[] bytes) {
        String host = Integer.toString(index);
        String file = "/" + path;
        int reference = file.indexOf('#'); // an address parts it from the file
        String opened = reference < 0 ? file : file.substring(0, reference);
        try {
            return new URL("goaway", host, -1, file, new Handler(host, opened, bytes));
        } catch (MalformedURLException e) {
            throw new IllegalStateException("an address with its own handler is never malformed", e);
        }
    }

    private static final class Handler extends URLStreamHandler {
        private final String host;
        private final String file;
        private final byte[] bytes;

        Handler(String host, String file, byte[] bytes) {
            this.host = host;
            this.file = file;
            this.bytes = bytes;
        }

        /** Addresses made relative to one have its handler, too. */
        @Override
        protected URLConnection openConnection(URL url) throws FileNotFoundException {
            if (!url.getFile().equals(file) || !url.getHost().equals(host)) {
                throw new FileNotFoundException(
                        url + " cannot be opened: only " + file + " was fetched; ask the class loader for the other");
            }
            return new Connection(url, bytes);
        }

        /** The host is an index, not to be looked up. */
        @Override
        protected InetAddress getHostAddress(URL url) {
            return null;
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

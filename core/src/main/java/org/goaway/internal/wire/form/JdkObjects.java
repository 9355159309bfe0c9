package org.goaway.internal.wire.form;

import java.io.File;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.goaway.internal.wire.value.CorruptException;
import org.goaway.internal.wire.value.Refusal;
import org.goaway.internal.wire.value.Tag;

/** Names of things, holders of one thing, comparators. */
final class JdkObjects {

    private JdkObjects() {}

    static void addTo(JdkValues values) {
        texts(values);
        places(values);
        holders(values);
        entries(values);
        comparators(values);
    }

    @SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"}) // the builders are what is shipped
    private static void texts(JdkValues values) {
        values.value(
                50, Pattern.class, JdkObjects::putPattern, r -> Pattern.compile(r.text(), Math.toIntExact(r.number())));
        values.value(51, Locale.class, JdkObjects::putLocale, JdkObjects::getLocale);
        values.value(52, Currency.class, (w, v) -> w.text(v.getCurrencyCode()), r -> Currency.getInstance(r.text()));
        values.family(53, Charset.class, (w, v) -> w.text(v.name()), r -> Charset.forName(r.text()));
        values.object(54, StringBuilder.class, (w, v) -> w.text(v.toString()), r -> new StringBuilder(r.text()));
        values.object(55, StringBuffer.class, (w, v) -> w.text(v.toString()), r -> new StringBuffer(r.text()));
        values.object(56, Object.class, (w, v) -> {}, r -> new Object());
    }

    private static void putPattern(Writer writer, Pattern value) throws IOException {
        if (InlineFlags.changeLater(value)) {
            throw new Refusal(
                    Pattern.class,
                    "it changes its flags after its start, and does not tell the first ones; put the flags in front or in a"
                            + " group, as in (?i:...)",
                    null);
        }
        writer.text(value.pattern());
        writer.number((long) value.flags());
    }

    private static void putLocale(Writer writer, Locale value) throws IOException {
        writer.text(value.getLanguage());
        writer.text(value.getCountry());
        writer.text(value.getVariant());
        writer.text(value.toLanguageTag());
    }

    /** A tag does not hold every locale, nor do the three parts: whichever does. */
    @SuppressWarnings("deprecation") // its replacement came after Java 17
    private static Locale getLocale(Reader reader) throws IOException {
        Locale parts = new Locale(reader.text(), reader.text(), reader.text());
        String tag = reader.text();
        if (parts.toLanguageTag().equals(tag)) {
            return parts;
        }
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException e) {
            throw new CorruptException("no locale: " + tag, e);
        }
    }

    private static void places(JdkValues values) {
        values.value(60, URI.class, (w, v) -> w.text(v.toString()), r -> URI.create(r.text()));
        values.value(61, URL.class, JdkObjects::putUrl, JdkObjects::url);
        values.value(62, File.class, (w, v) -> w.text(v.getPath()), r -> new File(r.text()));
        values.family(63, Path.class, JdkObjects::putPath, r -> Path.of(r.text()));
        values.family(64, InetAddress.class, JdkObjects::putAddress, JdkObjects::address);
        values.value(
                65,
                InetSocketAddress.class,
                (w, v) -> {
                    w.any(v.isUnresolved() ? v.getHostString() : v.getAddress());
                    w.number((long) v.getPort());
                },
                r -> {
                    Object host = r.any();
                    int port = Math.toIntExact(r.number());
                    return host instanceof InetAddress address
                            ? new InetSocketAddress(address, port)
                            : InetSocketAddress.createUnresolved((String) host, port);
                });
    }

    /** What a program that was fetched here has for its resources opens their copies here. */
    private static void putUrl(Writer writer, URL value) throws IOException {
        if (value.getProtocol().equals("goaway")) {
            throw new Refusal(
                    URL.class, "it opens a file that was fetched to this member; send its path or its content", null);
        }
        writer.text(value.toExternalForm());
    }

    private static URL url(Reader reader) throws IOException {
        try {
            return new URL(reader.text()); // which need not be a URI
        } catch (MalformedURLException e) {
            throw new CorruptException("no URL", e);
        }
    }

    private static void putPath(Writer writer, Path value) throws IOException {
        if (value.getFileSystem() != FileSystems.getDefault()) {
            throw new Refusal(value.getClass(), "its file system is this process's own; send its contents", null);
        }
        writer.text(value.toString());
    }

    private static void putAddress(Writer writer, InetAddress value) throws IOException {
        String text = value.toString();
        writer.text(text.substring(0, text.indexOf('/')));
        writer.bytes(Tag.DETAIL, value.getAddress());
        writer.number(value instanceof Inet6Address six ? (long) six.getScopeId() : 0L);
    }

    private static InetAddress address(Reader reader) throws IOException {
        String host = reader.text();
        byte[] bytes = reader.bytes(Tag.DETAIL);
        int scope = Math.toIntExact(reader.number());
        String name = host.isEmpty() ? null : host;
        return scope > 0 ? Inet6Address.getByAddress(name, bytes, scope) : InetAddress.getByAddress(name, bytes);
    }

    private static void holders(JdkValues values) {
        values.object(
                70, Optional.class, (w, v) -> w.any(((Optional<?>) v).orElse(null)), r -> Optional.ofNullable(r.any()));
        values.object(71, AtomicReference.class, (w, v) -> w.any(v.get()), r -> new AtomicReference<>(r.any()));
        values.object(
                72,
                AtomicReferenceArray.class,
                (w, v) -> {
                    Object[] copy = new Object[v.length()];
                    for (int i = 0; i < copy.length; i++) {
                        copy[i] = v.get(i);
                    }
                    w.any(copy);
                },
                r -> new AtomicReferenceArray<>(r.as(Object[].class)));
    }

    private static void entries(JdkValues values) {
        values.object(
                73,
                AbstractMap.SimpleEntry.class,
                JdkObjects::putEntry,
                r -> new AbstractMap.SimpleEntry<>(r.any(), r.any()));
        values.object(
                74,
                AbstractMap.SimpleImmutableEntry.class,
                JdkObjects::putEntry,
                r -> new AbstractMap.SimpleImmutableEntry<>(r.any(), r.any()));
        values.object(75, Map.entry(1, 1).getClass(), JdkObjects::putEntry, r -> Map.entry(r.any(), r.any()));
        detached(values, 76, new HashMap<>(Map.of(1, 1)));
        detached(values, 77, new LinkedHashMap<>(Map.of(1, 1)));
    }

    /** An entry of a map travels without its map. */
    private static void detached(JdkValues values, int id, Map<?, ?> sample) {
        values.object(
                id,
                sample.entrySet().iterator().next().getClass(),
                JdkObjects::putEntry,
                r -> new AbstractMap.SimpleEntry<>(r.any(), r.any()));
    }

    private static void putEntry(Writer writer, Map.Entry<?, ?> entry) throws IOException {
        writer.any(entry.getKey());
        writer.any(entry.getValue());
    }

    private static void comparators(JdkValues values) {
        values.value(80, Comparator.naturalOrder().getClass(), (w, v) -> {}, r -> Comparator.naturalOrder());
        values.value(81, Comparator.reverseOrder().getClass(), (w, v) -> {}, r -> Comparator.reverseOrder());
        values.value(82, String.CASE_INSENSITIVE_ORDER.getClass(), (w, v) -> {}, r -> String.CASE_INSENSITIVE_ORDER);
        values.object(
                83,
                Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER).getClass(),
                (w, v) -> w.any(Collections.reverseOrder((Comparator<?>) (Object) v)),
                r -> Collections.reverseOrder((Comparator<?>) r.as(Comparator.class)));
    }
}

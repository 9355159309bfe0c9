package org.goaway.internal.wire.form;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.goaway.internal.wire.value.Refusal;

/** Dates and times. */
final class JdkTimes {

    private JdkTimes() {}

    static void addTo(JdkValues values) {
        instants(values);
        zoned(values);
        partial(values);
        older(values);
    }

    private static void instants(JdkValues values) {
        values.value(
                30,
                Instant.class,
                (w, v) -> {
                    w.number(v.getEpochSecond());
                    w.number((long) v.getNano());
                },
                r -> Instant.ofEpochSecond(r.number(), r.number()));
        values.value(
                31,
                Duration.class,
                (w, v) -> {
                    w.number(v.getSeconds());
                    w.number((long) v.getNano());
                },
                r -> Duration.ofSeconds(r.number(), r.number()));
        values.value(32, LocalDate.class, (w, v) -> w.number(v.toEpochDay()), r -> LocalDate.ofEpochDay(r.number()));
        values.value(33, LocalTime.class, (w, v) -> w.number(v.toNanoOfDay()), r -> LocalTime.ofNanoOfDay(r.number()));
        values.value(34, LocalDateTime.class, JdkTimes::put, JdkTimes::dateTime);
    }

    private static void put(Writer writer, LocalDateTime value) throws IOException {
        writer.number(value.toLocalDate().toEpochDay());
        writer.number(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime dateTime(Reader reader) throws IOException {
        return LocalDateTime.of(LocalDate.ofEpochDay(reader.number()), LocalTime.ofNanoOfDay(reader.number()));
    }

    private static ZoneOffset offset(Reader reader) throws IOException {
        return ZoneOffset.ofTotalSeconds(Math.toIntExact(reader.number()));
    }

    private static void zoned(JdkValues values) {
        values.value(
                35,
                OffsetDateTime.class,
                (w, v) -> {
                    put(w, v.toLocalDateTime());
                    w.number((long) v.getOffset().getTotalSeconds());
                },
                r -> OffsetDateTime.of(dateTime(r), offset(r)));
        values.value(
                36,
                OffsetTime.class,
                (w, v) -> {
                    w.number(v.toLocalTime().toNanoOfDay());
                    w.number((long) v.getOffset().getTotalSeconds());
                },
                r -> OffsetTime.of(LocalTime.ofNanoOfDay(r.number()), offset(r)));
        values.value(
                37,
                ZonedDateTime.class,
                (w, v) -> {
                    put(w, v.toLocalDateTime());
                    w.number((long) v.getOffset().getTotalSeconds());
                    w.text(v.getZone().getId());
                },
                r -> {
                    LocalDateTime local = dateTime(r);
                    ZoneOffset offset = offset(r);
                    return ZonedDateTime.ofLocal(local, ZoneId.of(r.text()), offset);
                });
        values.value(38, ZoneOffset.class, (w, v) -> w.number((long) v.getTotalSeconds()), JdkTimes::offset);
        values.family(39, ZoneId.class, (w, v) -> w.text(v.getId()), r -> ZoneId.of(r.text()));
    }

    private static void partial(JdkValues values) {
        values.value(
                40,
                Period.class,
                (w, v) -> {
                    w.number((long) v.getYears());
                    w.number((long) v.getMonths());
                    w.number((long) v.getDays());
                },
                r -> Period.of(Math.toIntExact(r.number()), Math.toIntExact(r.number()), Math.toIntExact(r.number())));
        values.value(
                41, Year.class, (w, v) -> w.number((long) v.getValue()), r -> Year.of(Math.toIntExact(r.number())));
        values.value(
                42,
                YearMonth.class,
                (w, v) -> {
                    w.number((long) v.getYear());
                    w.number((long) v.getMonthValue());
                },
                r -> YearMonth.of(Math.toIntExact(r.number()), Math.toIntExact(r.number())));
        values.value(
                43,
                MonthDay.class,
                (w, v) -> {
                    w.number((long) v.getMonthValue());
                    w.number((long) v.getDayOfMonth());
                },
                r -> MonthDay.of(Math.toIntExact(r.number()), Math.toIntExact(r.number())));
    }

    private static String id(TimeZone zone) {
        TimeZone named = TimeZone.getTimeZone(zone.getID());
        if (!named.getID().equals(zone.getID()) || !named.hasSameRules(zone)) {
            throw new Refusal(
                    zone.getClass(),
                    "its id '" + zone.getID() + "' alone would travel, which does not stand for its rules;"
                            + " use TimeZone.getTimeZone or a ZoneOffset, or make it where it is needed",
                    null);
        }
        return zone.getID();
    }

    @SuppressWarnings("JavaUtilDate") // an application may use it
    private static void older(JdkValues values) {
        values.object(44, Date.class, (w, v) -> w.number(v.getTime()), r -> new Date(r.number()));
        values.family(45, TimeZone.class, (w, v) -> w.text(id(v)), r -> TimeZone.getTimeZone(r.text()));
        values.object(
                46,
                GregorianCalendar.class,
                (w, v) -> {
                    w.text(id(v.getTimeZone()));
                    w.number(v.getGregorianChange().getTime());
                    w.number(v.getTimeInMillis());
                    w.number((long) v.getFirstDayOfWeek());
                    w.number((long) v.getMinimalDaysInFirstWeek());
                    w.number(v.isLenient() ? 1L : 0L);
                },
                r -> {
                    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(r.text()));
                    calendar.setGregorianChange(new Date(r.number())); // before the time, whose fields depend on it
                    calendar.setTimeInMillis(r.number());
                    calendar.setFirstDayOfWeek(Math.toIntExact(r.number()));
                    calendar.setMinimalDaysInFirstWeek(Math.toIntExact(r.number()));
                    calendar.setLenient(r.number() != 0);
                    return calendar;
                });
    }
}

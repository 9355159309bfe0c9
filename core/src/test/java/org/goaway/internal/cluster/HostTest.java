package org.goaway.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:7000, 10.0.0.1, 7000, 10.0.0.1:7000",
        "10.0.0.1, 10.0.0.1, 9060, 10.0.0.1:9060",
        "a-name.example:1, a-name.example, 1, a-name.example:1",
        "[::1]:7000, ::1, 7000, [::1]:7000",
        "[fd00::2], fd00::2, 9060, [fd00::2]:9060"
    })
    void shouldReadNamesAndAddressesWithAndWithoutAPort(String text, String name, int port, String shown) {
        Host host = Host.of(text, 9060);

        assertThat(host).isEqualTo(new Host(name, port)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "fd00:0:0:0:0:0:0:0, fd00::",
        "FD00:0:0:A::0010, fd00:0:0:a::10",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
    })
    void shouldWriteAddressesAsUsersDo(String address, String text) throws UnknownHostException {
        assertThat(Host.text(InetAddress.getByName(address))).isEqualTo(text);
    }

    @Test
    void shouldStandForAllAddressesOfItsName() throws UnknownHostException {
        assertThat(Host.of("127.0.0.9:7000", 0).addresses()).hasToString("[/127.0.0.9:7000]");
        assertThat(Host.of("[::1]:7000", 0).addresses()).hasToString("[/[0:0:0:0:0:0:0:1]:7000]");
        assertThatThrownBy(() -> Host.of("no-such-host.invalid", 0).addresses())
                .isInstanceOf(UnknownHostException.class);
        InetAddress[] pods = {InetAddress.getByName("10.1.0.4"), InetAddress.getByName("10.1.0.5")};
        assertThat(new Host("pods.example", 7000).addresses(name -> pods))
                .hasToString("[/10.1.0.4:7000, /10.1.0.5:7000]");
    }
}

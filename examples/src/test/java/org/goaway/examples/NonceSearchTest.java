package org.goaway.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NonceSearchTest {

    @Test
    void shouldFindExactlyTheNoncesWhoseHashStartsWithZeros() {
        for (int difficulty = 1; difficulty <= 3; difficulty++) {
            String zeros = "0".repeat(difficulty);
            List<Long> expected = LongStream.range(0, 20_000)
                    .filter(nonce -> NonceSearch.hash(nonce).startsWith(zeros))
                    .boxed()
                    .toList();

            assertThat(new NonceSearch(0, 20_000, difficulty).run(true, () -> false))
                    .isNotEmpty()
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldHashThePrefixAndTheNonce() {
        assertThat(NonceSearch.hash(4_511_309)).startsWith("000000").hasSize(128);
        assertThat(NonceSearch.hash(12_849_049)).startsWith("000000");
    }

    @Test
    void shouldCoverTheRangeWithItsChunks() {
        List<NonceSearch> chunks = new NonceSearch(7, 1000, 1).split(20);

        assertThat(chunks).hasSize(20).first().extracting(NonceSearch::from).isEqualTo(7L);
        for (int i = 1; i < chunks.size(); i++) {
            assertThat(chunks.get(i).from()).isEqualTo(chunks.get(i - 1).to());
        }
        assertThat(chunks).last().extracting(NonceSearch::to).isEqualTo(1000L);
    }

    @Test
    void shouldFindAllOfTheRangeInItsChunks() {
        NonceSearch whole = new NonceSearch(0, 5_000, 2);
        List<Long> found = new ArrayList<>();
        whole.split(7).forEach(chunk -> found.addAll(chunk.run(true, () -> false)));

        assertThat(found).isEqualTo(whole.run(true, () -> false));
    }

    @Test
    void shouldBeContentWithTheFirstUnlessAllAreAskedFor() {
        NonceSearch whole = new NonceSearch(0, 5_000, 2);

        assertThat(whole.run(false, () -> false))
                .isEqualTo(whole.run(true, () -> false).subList(0, 1));
    }

    @Test
    void shouldStopWhenToldTo() {
        assertThat(new NonceSearch(0, Long.MAX_VALUE, 1).run(true, () -> true)).isEmpty();
    }
}

package org.goaway.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.goaway.examples.Jacobi;

/**
 * The example jacobi with as many servers as cores, beside as many plain threads that share the plate. Each round is a fresh
 * JVM with fresh servers, that does the one and then the other. What is compared is the time of all rounds of the example, from when
 * all strips are there until the last one is done: the servers compile in it, while the threads have been warmed up by the check
 * with one thread.
 */
public final class JacobiRatio {

    private JacobiRatio() {}

    /** Takes the number of rounds (3) and then more of the example's options. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Path image = Files.createTempFile("jacobi", ".png");
        List<String> options = new ArrayList<>(List.of("--size", "2000", "--rounds", "5000", "--compare"));
        options.addAll(List.of("--image", image.toString()));
        options.addAll(List.of(args).subList(Math.min(1, args.length), args.length));
        Figures figures = Compared.run(Jacobi.class, options, rounds);
        Files.delete(image);
        System.out.printf(
                "jacobi %s, median of %d: %.3f s with GoAway, %.3f s without; speed %s of that of threads%n",
                String.join(" ", options),
                rounds,
                figures.median(Compared.WITH),
                figures.median(Compared.WITHOUT),
                figures.ratio(Compared.WITHOUT, Compared.WITH));
    }
}

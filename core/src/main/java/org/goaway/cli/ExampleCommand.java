package org.goaway.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one of the examples, or lists them. */
@Command(
        name = "example",
        description = "Runs an example; without a name, lists them. What follows the name is the example's own.",
        mixinStandardHelpOptions = true)
final class ExampleCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME [OPTIONS]", description = "which example, and its own options")
    private List<String> nameAndOptions = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Map<String, Example> examples = Example.all();
        if (examples.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there are no examples on the class path; run this from a checkout: ./goaway");
        }
        if (nameAndOptions.isEmpty()) {
            examples.forEach(
                    (name, example) -> spec.commandLine().getOut().printf("%-14s %s%n", name, example.shows()));
            return 0;
        }
        String name = nameAndOptions.get(0);
        Example example = examples.get(name);
        if (example == null) {
            throw new ParameterException(
                    spec.commandLine(), "there is no example '" + name + "'; there are " + examples.keySet());
        }
        return run(example, nameAndOptions.subList(1, nameAndOptions.size()));
    }

    static int run(Example example, List<String> options) throws Exception {
        try {
            Class.forName(example.mainClass()).getMethod("main", String[].class).invoke(null, (Object)
                    options.toArray(new String[0]));
            return 0;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}

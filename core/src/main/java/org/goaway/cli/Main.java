package org.goaway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code goaway} command. Exit status: 0, 1 (it failed), 2 (the call was wrong). */
@Command(
        name = "goaway",
        description = "Runs a Java program's functions on the machines of a cluster and lets them share memory.",
        subcommands = {
            ExampleCommand.class,
            NodeCommand.class,
            RouterCommand.class,
            MembersCommand.class,
            TasksCommand.class,
            DoctorCommand.class,
            KeyCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:done", "1:it failed; the error stream says why", "2:the call was wrong"},
        footer = "%nIn a checkout, './goaway bench [REGEX]' runs benchmarks.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine goaway = new CommandLine(new Main());
        goaway.getSubcommands().get("example").setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        return goaway.setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("goaway: " + Failure.describe(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? see --help");
    }
}

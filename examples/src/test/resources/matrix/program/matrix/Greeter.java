package matrix;

/** Package-private, with a default method that calls a private one. */
interface Greeter {
    String name();

    default String greet() {
        return "hello " + name() + from();
    }

    private String from() {
        return " from " + getClass().getSimpleName();
    }
}

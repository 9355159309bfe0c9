package shop;

public class OutOfStockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;

    public OutOfStockException(String what) {
        super("no " + what + " left");
        this.what = what;
    }

    public String what() {
        return what;
    }
}

package shop;

/** Travels as an argument and as part of a result. */
public record Order(String what, int count) {

    public Order {
        if (count < 1) {
            throw new OutOfStockException(what);
        }
    }
}

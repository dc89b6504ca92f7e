package dev.backfill.typesense.documents;

/** A record holds something that cannot be sent; the others of its batch can. */
final class UnsendableException extends RuntimeException {
    UnsendableException(String reason) {
        super(reason);
    }

    static UnsendableException unknown(Object value) {
        return new UnsendableException("Typesense has no type for a "
                + value.getClass().getSimpleName() + "; make it a number or a text in the transform");
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

package dev.backfill.sandbox.typesense;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The type of a field: what its values may be, and how the server names it when one is not. */
record FieldType(String name, String noun, boolean array, boolean numeric, Predicate<Object> accepts) {
    private static final Map<String, FieldType> SCALARS = Map.of(
            "string", new FieldType("string", "a string", false, false, String.class::isInstance),
            "int32", new FieldType("int32", "an int32", false, true, FieldType::whole),
            "int64", new FieldType("int64", "an int64", false, true, FieldType::whole),
            "float", new FieldType("float", "a float", false, true, FieldType::finite),
            "bool", new FieldType("bool", "a bool", false, true, Boolean.class::isInstance));

    /** Nothing for a type that the stand-in does not know. */
    static Optional<FieldType> of(String name) {
        if (!name.endsWith("[]")) {
            return Optional.ofNullable(SCALARS.get(name));
        }
        return Optional.ofNullable(SCALARS.get(name.substring(0, name.length() - 2)))
                .map(scalar -> new FieldType(name, scalar.noun, true, false, scalar.accepts));
    }

    /** The end of the server's sentence "Field `x` must be …"; nothing if the value is right. */
    Optional<String> complaint(Object value) {
        if (!array) {
            return accepts.test(value) ? Optional.empty() : Optional.of(noun);
        } else if (!(value instanceof List<?> list)) {
            return Optional.of("an array");
        } else {
            return list.stream().allMatch(accepts)
                    ? Optional.empty()
                    : Optional.of("an array of " + name.substring(0, name.length() - 2));
        }
    }

    private static boolean finite(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    /** The real server takes what fits 64 bits, with or without a sign, for both whole types. */
    private static boolean whole(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || (value instanceof BigInteger large && large.signum() > 0 && large.bitLength() <= Long.SIZE);
    }
}

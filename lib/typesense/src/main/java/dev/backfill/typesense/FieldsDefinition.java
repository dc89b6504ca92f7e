package dev.backfill.typesense;

import dev.backfill.connector.Requirement;
import dev.backfill.connector.Resources;
import dev.backfill.typesense.schema.SchemaRequirement;
import dev.backfill.typesense.schema.Trait;
import dev.backfill.typesense.schema.WantedField;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Describes fields that must be there. */
record FieldsDefinition(CollectionDefinition collection, String type, List<String> names, Set<Trait> traits)
        implements TypesenseWords.SearchFields {
    static FieldsDefinition of(CollectionDefinition collection, String type, List<String> names) {
        return new FieldsDefinition(collection, type, names, Set.of());
    }

    @Override
    public FieldsDefinition optional() {
        return with(Trait.OPTIONAL);
    }

    @Override
    public FieldsDefinition indexed() {
        return with(Trait.INDEXED);
    }

    @Override
    public FieldsDefinition sortable() {
        return with(Trait.SORTABLE);
    }

    @Override
    public FieldsDefinition stored() {
        return with(Trait.STORED);
    }

    @Override
    public Requirement open(Resources resources) {
        List<WantedField> wanted = names.stream()
                .distinct()
                .map(name -> new WantedField(name, type, traits))
                .toList();
        return new SchemaRequirement(collection.open(resources), collection.name(), wanted);
    }

    @Override
    public String title() {
        return (names.size() == 1 ? "the field " : "the fields ") + String.join(", ", names) + " of "
                + collection.title();
    }

    private FieldsDefinition with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new FieldsDefinition(collection, type, names, Set.copyOf(more));
    }
}

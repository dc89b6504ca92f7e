package dev.backfill.dsl.shop

import dev.backfill.plan.LookupDefinition
import dev.backfill.plan.RequirementDefinition
import dev.backfill.plan.Secret
import dev.backfill.plan.SinkDefinition
import dev.backfill.plan.SourceDefinition
import dev.backfill.plan.SqlDatabase
import dev.backfill.plan.StoreDefinition
import dev.backfill.words.Joins
import dev.backfill.words.Keys
import dev.backfill.words.Noun
import dev.backfill.words.OneOf
import dev.backfill.words.Reads
import dev.backfill.words.Root
import dev.backfill.words.Word
import dev.backfill.words.Writes

import dev.backfill.plan.Entry
import java.util.function.Consumer

/** Words as a connector has them; the shop keeps its tables in memory. */
@Noun('shop words')
interface ShopWords {
    @Word(value = 'A shop, from SHOP_URL.', example = 'shop()')
    Shop shop()

    @Word(value = 'A shop, from its address.', example = "shop(secret('SHOP_URL'))")
    Shop shop(Secret url)

    @Word(value = 'Opens a shop for a fair.', example = "fair('spring') { … }")
    @Root
    Entry fair(String name, Consumer<FairBlock> body)

    @Noun(value = 'fair', block = true)
    interface FairBlock {
        @Word(value = 'How many stalls it has.', example = 'stalls 10', required = true)
        void stalls(Integer count)
    }

    @Noun('shop')
    interface Shop extends StoreDefinition, SqlDatabase {
        @Word('A table.')
        Table table(String name)
    }

    @Noun('table')
    interface Table {
        @Word('The columns that tell rows apart.')
        Table key(String... columns)

        @Word('Reads these columns.')
        Rows select(@Reads String... columns)

        @Word('Finds rows by this column.')
        Found by(String column)

        @Word('Changes these columns.')
        Update update(@Writes String... columns)

        @Word('Adds columns of this type.')
        Fields add(@OneOf(['bigint', 'text']) String type, String... columns)
    }

    @Noun('selection')
    interface Rows extends SourceDefinition {
        @Word('Only rows for which this holds.')
        Rows where(String condition)

        @Word('Also the rows of the other.')
        Rows union(@Joins SourceDefinition other)

        @Word('One row for each combination.')
        Rows forEach(@Keys(any = 'Each name is a field.', fields = true) Map<String, Object> of)
    }

    @Noun('lookup')
    interface Found extends LookupDefinition {
        @Word('Gives these columns.')
        Found select(@Reads String... columns)
    }

    @Noun('update')
    interface Update extends SinkDefinition {
        @Word('Only rows where this column is null.')
        Update whereNull(String column)

        @Word('The sinks after it get what the row holds now.')
        Update returning(@Reads String... columns)
    }

    @Noun('fields')
    interface Fields extends RequirementDefinition {
        @Word('May be missing.')
        Fields optional()
    }
}

package dev.backfill.mongodb;

import dev.backfill.words.Noun;
import dev.backfill.words.Word;

/** The words that MongoDB adds to the language. */
@Noun("MongoDB words")
public interface MongodbWords {
    @Word(
            value =
                    "A MongoDB database: MONGO_URI, with MONGO_DB_NAME or the database that the URI names, else checkpoint_db.",
            example = "mongodb()")
    Mongodb mongodb();
}

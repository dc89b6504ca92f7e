package dev.backfill.mongodb;

import dev.backfill.words.Noun;
import dev.backfill.words.Task;
import dev.backfill.words.Word;

/** The words that MongoDB adds to the language. */
@Noun(value = "MongoDB words", task = Task.CONNECT)
public interface MongodbWords {
    @Word(
            value = "Names a MongoDB database by the variable MONGO_URI; its name is MONGO_DB_NAME, the one "
                    + "in the URI, or checkpoint_db.",
            example = "mongodb()")
    Mongodb mongodb();
}

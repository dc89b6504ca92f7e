package dev.backfill.http;

import dev.backfill.plan.Secret;
import dev.backfill.plan.SourceDefinition;
import dev.backfill.words.Key;
import dev.backfill.words.Keys;
import dev.backfill.words.Noun;
import dev.backfill.words.OneOf;
import dev.backfill.words.Reads;
import dev.backfill.words.Task;
import dev.backfill.words.Word;
import java.util.Map;
import java.util.function.Consumer;

/** The words that HTTP services add to the language. */
@Noun(value = "HTTP words", task = Task.CONNECT)
public interface HttpWords {
    @Word(value = "Names an HTTP service that answers in JSON.", example = "http('https://api.example.com')")
    Http http(String address);

    @Word(
            value = "Names an HTTP service, with a block for its headers, limits and pages.",
            example = "http('https://api.example.com') { throttle { rate 6 } }")
    Http http(String address, Consumer<ServiceBlock> settings);

    @Word(
            value = "Names an HTTP service; files of its records call their source by the first argument,"
                    + " otherwise by its host.",
            example = "http('shop', env('SHOP_URL', 'https://api.example.com')) { throttle { rate 6 } }")
    Http http(String name, String address, Consumer<ServiceBlock> settings);

    /** States how to speak to a service. */
    @Noun(value = "http", block = true)
    interface ServiceBlock {
        @Word(
                value = "Adds a secret header to each request.",
                example = "header 'authorization', secret('API_TOKEN')",
                repeats = true)
        void header(String name, Secret value);

        @Word(value = "Adds a header to each request.", example = "header 'accept-language', 'es'")
        void header(String name, String value);

        @Word(
                value = "Limits the requests to the service; all limits apply together.",
                example = "throttle { rate 6 }",
                task = Task.PACE)
        void throttle(Consumer<RateBlock> limits);

        @Word(
                value = "Says how the service cuts lists into pages. Without it, a list is one response.",
                example = "pages { byPage 50 }",
                task = Task.READ)
        void pages(Consumer<PagesBlock> form);

        @Word(value = "Sets how many seconds a whole response may take. Without it, 30.", example = "timeout 10")
        void timeout(Number seconds);

        @Word(value = "Sets the largest response that is accepted. Without it, 32 MB.", example = "largest '64 MB'")
        void largest(String size);

        @Word(
                value = "Sets how often a call of forEach(…) is made before its record is a dead letter; a "
                        + "failed call is repeated after the other calls of its batch. Without it, 5.",
                example = "attempts 2")
        void attempts(Integer calls);

        @Word(
                value = "Trusts the certificates of a PEM file instead of those of Java.",
                example = "certificates env('API_CA_FILE', 'ca.pem')")
        void certificates(String file);
    }

    /** Limits the requests to a service; all limits hold together. */
    @Noun(value = "throttle", block = true, within = "http")
    interface RateBlock {
        @Word(value = "Limits the requests in any second, or in any other time.", example = "rate 6", task = Task.PACE)
        void rate(Number requests);

        void rate(
                @Keys(
                                @Key(
                                        name = "per",
                                        type = String.class,
                                        otherwise = "second",
                                        value = "The time that the number is for.",
                                        example = "rate 600, per: 'minute'"))
                        @OneOf({"second", "minute", "hour", "day"})
                        Map<String, Object> named,
                Number requests);

        @Word(value = "Limits the requests in flight. Without it, 4.", example = "concurrency 8", task = Task.PACE)
        void concurrency(Integer requests);

        @Word(
                value = "Shares the rate with all processes of this machine that name this file.",
                example = "sharedVia '/var/tmp/example-api.rate'",
                task = Task.PACE)
        void sharedVia(String file);
    }

    /** States how lists are cut into pages. */
    @Noun(value = "pages", block = true)
    interface PagesBlock {
        @Word(
                value = "Reads in the response where the next page is: its address, or its number or cursor.",
                example = "byNext 'meta.next_page'",
                task = Task.READ)
        void byNext(String part);

        void byNext(
                @Keys({
                            @Key(
                                    name = "as",
                                    type = String.class,
                                    otherwise = "page",
                                    value = "The parameter for the number or cursor of the next page.",
                                    example = "byNext 'meta.next_cursor', as: 'cursor'"),
                            @Key(
                                    name = "optional",
                                    type = Boolean.class,
                                    otherwise = "false",
                                    value = "True if a list of one page may lack this place.",
                                    example = "byNext 'meta.next_page', optional: true")
                        })
                        Map<String, Object> named,
                String part);

        @Word(
                value = "Asks for pages of this many items by their number, from 1, until a page is empty.",
                example = "byPage 50",
                task = Task.READ)
        void byPage(Integer items);

        void byPage(
                @Keys({
                            @Key(
                                    name = "number",
                                    type = String.class,
                                    otherwise = "page",
                                    value = "The parameter for the number of the page.",
                                    example = "byPage 50, number: 'p'"),
                            @Key(
                                    name = "size",
                                    type = String.class,
                                    otherwise = "limit",
                                    value = "The parameter for the number of items.",
                                    example = "byPage 50, size: 'per_page'"),
                            @Key(
                                    name = "total",
                                    type = String.class,
                                    otherwise = "not checked",
                                    value = "Where a response has the number of all items; the run ends if the number"
                                            + " changes.",
                                    example = "byPage 50, total: 'meta.total'")
                        })
                        Map<String, Object> named,
                Integer items);

        @Word(
                value = "Asks for pages of this many items by the offset of their first item, until a page is "
                        + "empty.",
                example = "byOffset 100, upTo: 12_000",
                task = Task.READ)
        void byOffset(Integer items);

        void byOffset(
                @Keys({
                            @Key(
                                    name = "offset",
                                    type = String.class,
                                    otherwise = "offset",
                                    value = "The parameter for the offset.",
                                    example = "byOffset 100, offset: 'skip'"),
                            @Key(
                                    name = "size",
                                    type = String.class,
                                    otherwise = "limit",
                                    value = "The parameter for the number of items.",
                                    example = "byOffset 100, size: 'take'"),
                            @Key(
                                    name = "upTo",
                                    type = Number.class,
                                    otherwise = "no limit",
                                    value = "The last offset that the service accepts.",
                                    example = "byOffset 100, upTo: 12_000"),
                            @Key(
                                    name = "overlap",
                                    type = Number.class,
                                    otherwise = "0",
                                    value = "Asks for this many items again with the next page, so that none is missed"
                                            + " when others disappear.",
                                    example = "byOffset 100, overlap: 5"),
                            @Key(
                                    name = "total",
                                    type = String.class,
                                    otherwise = "not checked",
                                    value = "Where a response has the number of all items; the run ends if the number"
                                            + " changes.",
                                    example = "byOffset 100, total: 'meta.total'")
                        })
                        Map<String, Object> named,
                Integer items);

        @Word(
                value = "Reads the next page from the Link header of the response.",
                example = "byLink()",
                task = Task.READ)
        void byLink();
    }

    /** What a service offers. */
    @Noun("service")
    interface Http {
        @Word(
                value = "Requests a path; {product.id} stands for the id of the product that the request is for.",
                example = "relbase.get('/api/v1/products')",
                task = Task.READ)
        Request get(String path);
    }

    /** What a request offers. */
    @Noun("request")
    interface Request {
        @Word(
                value = "Reads each item of a list in the response, page by page.",
                example = "relbase.get('/api/v1/products').items('data.products')",
                task = Task.READ)
        SourceDefinition items(String part);

        @Word(
                value = "Makes one request for each combination of records.",
                example = "relbase.get('/stock/{product.id}/{warehouse.id}').forEach(product: products, warehouse:"
                        + " warehouses)",
                task = Task.READ)
        Combined forEach(
                @Keys(
                                any = "Each name is one that the path uses, each value the records.",
                                type = SourceDefinition.class,
                                fields = true)
                        Map<String, Object> sources);
    }

    /** What a request for each combination offers. */
    @Noun("request for combinations")
    interface Combined {
        @Word(
                value = "Gives one record for each combination: its records, and a part of the response under "
                        + "this name. A call that fails in all its attempts is a dead letter.",
                example = "relbase.get('/stock/{product.id}').forEach(product: products).response('lots', 'data.lots')",
                task = Task.READ)
        Answered response(@Reads String name, String part);
    }

    /** What the answers for each combination offer. */
    @Noun("answers")
    interface Answered extends SourceDefinition {
        @Word(
                value = "Takes a response with one of these status codes as an empty list.",
                example = "stock.response('lots', 'data.lots').emptyOn(404)",
                task = Task.READ)
        Answered emptyOn(Integer... status);
    }
}

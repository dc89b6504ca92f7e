package dev.backfill.mongodb

import org.bson.Document
import spock.lang.Specification

class RightsSpec extends Specification {
    private static List<String> lacking(Map<String, Object>... privileges) {
        def told = new Document(authenticatedUsers: [new Document(user: 'backfill', db: 'admin')],
                authenticatedUserPrivileges: privileges.collect { new Document(resource: new Document(it.on as Map), actions: it.may) })
        new Rights(new Document(authInfo: told)).lacking(['find', 'insert', 'update'], 'checkpoint_db', 'kept')
    }

    def "rights on #on count"() {
        expect:
        lacking([on: on, may: ['find', 'update']]) == ['insert']

        where:
        on << [[db: 'checkpoint_db', collection: ''], [db: '', collection: ''], [db: 'checkpoint_db', collection: 'kept'], [anyResource: true]]
    }

    def "rights on #on do not"() {
        expect:
        lacking([on: on, may: ['find', 'update']]) == ['find', 'insert', 'update']

        where:
        on << [[db: 'shop', collection: ''], [db: 'checkpoint_db', collection: 'other'], [cluster: true]]
    }

    def "rights add up, and a server without users asks for none"() {
        expect:
        lacking([on: [db: 'checkpoint_db', collection: ''], may: ['find', 'update']], [on: [db: 'checkpoint_db', collection: 'kept'], may: ['insert']]) == []
        new Rights(new Document()).lacking(['find'], 'a', 'b') == []
        new Rights(new Document(authInfo: new Document(authenticatedUsers: [], authenticatedUserPrivileges: []))).lacking(['find'], 'a', 'b') == []
    }
}

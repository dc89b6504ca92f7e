package dev.backfill.dsl.shop

import dev.backfill.plan.Settings
import dev.backfill.plan.WordProvider

import java.lang.reflect.InvocationHandler
import java.lang.reflect.Method
import java.lang.reflect.Proxy

/** Answers each word of the shop with a value of the word's type that remembers how it was made. */
class ShopProvider implements WordProvider {
    @Override
    Class<?> words() { ShopWords }

    @Override
    Object create(Settings settings) { answer(ShopWords, '') }

    private static Object answer(Class<?> type, String text) {
        Proxy.newProxyInstance(type.classLoader, [type] as Class[], new Answers(text: text))
    }

    private static class Answers implements InvocationHandler {
        String text

        @Override
        Object invoke(Object proxy, Method method, Object[] arguments) {
            if (method.name in ['title', 'toString']) {
                return text
            }
            if (method.name == 'fair') {
                return new Fair(arguments[0] as String).open(arguments[1])
            }
            if (!method.returnType.interface || method.name in ['open', 'dataSource']) {
                throw new UnsupportedOperationException("a shop is only looked at: $method.name")
            }
            def given = (arguments ?: []).collect { it instanceof Object[] ? it.join(', ') : "$it" }.join(', ')
            answer(method.returnType, "${text ? text + '.' : ''}$method.name($given)")
        }
    }
}

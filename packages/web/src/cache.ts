import { account } from '@groundlevel/contracts'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { keyOf } from './api.js'
import { Problem } from './problem.js'

const sessionKey = keyOf(account.session.get, {})

/** Answers by operation. A 401 anywhere makes the session be asked for again: the frame then leads to sign-in. */
export const openCache = (): QueryClient => {
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        const signedOut = error instanceof Problem && error.status === 401 && query.queryKey[0] !== sessionKey[0]
        if (signedOut) void cache.invalidateQueries({ queryKey: sessionKey })
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // A refusal stays one; only silence and breakdowns are worth a second try.
        retry: (failures, error) => failures < 1 && error instanceof Problem && (error.status === 0 || error.status >= 500),
        retryDelay: 500,
      },
    },
  })
  return cache
}

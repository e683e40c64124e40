import type { Paging } from '@groundlevel/contract-kit'

/** `?page=1&limit=20`; the reply's `meta` names the next page. */
export const byPage = <const I extends string>(items: I): Paging<I> => ({
  kind: 'page',
  items,
  in: 'query',
  next: (reply) => {
    const { nextPage } = (reply.meta ?? {}) as { nextPage?: number | null }
    return nextPage ? { page: nextPage } : undefined
  },
})

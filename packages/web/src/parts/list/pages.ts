import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { asProblem, type Problem } from '../../problem.js'

/** One page, and what to ask the next one with. */
export interface PageOf<R, C> {
  readonly rows: readonly R[]
  readonly next: C | undefined
  readonly total?: number
}

/** A long list while it is read page by page: what `DataTable` draws. */
export interface Pages<R> {
  readonly rows: readonly R[]
  /** As the first page said it. */
  readonly total: number | undefined
  readonly pending: boolean
  /** The rows are those of the question before. */
  readonly stale: boolean
  readonly problem: Problem | undefined
  /** Absent at the end of the list. */
  readonly more: (() => void) | undefined
  readonly moreBusy: boolean
  retry(): void
}

/** Reads a list page by page. `key` names the question; another key begins anew and shows the old rows until it is answered. */
export const usePages = <R, C>(
  key: QueryKey,
  ask: (after: C | undefined, signal: AbortSignal) => Promise<PageOf<R, C>>,
  { enabled = true, everyMs }: { readonly enabled?: boolean; readonly everyMs?: number } = {},
): Pages<R> => {
  const found = useInfiniteQuery<PageOf<R, C>, Problem, { pages: PageOf<R, C>[] }, QueryKey, C | undefined>({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      ask(pageParam as C | undefined, signal).catch((thrown: unknown) =>
        Promise.reject(signal.aborted ? thrown : asProblem(thrown)),
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    enabled,
    refetchInterval: everyMs ?? false,
  })
  const pages = found.data?.pages ?? []
  return {
    rows: pages.flatMap((page) => page.rows),
    total: pages[0]?.total,
    pending: found.isPending,
    stale: found.isPlaceholderData,
    problem: found.error ?? undefined,
    more: found.hasNextPage && !found.isPlaceholderData ? () => void found.fetchNextPage() : undefined,
    moreBusy: found.isFetchingNextPage,
    retry: () => void found.refetch(),
  }
}

/** A list that came in one piece, in the same form. */
export const onePage = <R>(found: {
  data: readonly R[] | undefined
  isPending: boolean
  error: Problem | null
  refetch: () => unknown
}): Pages<R> => ({
  rows: found.data ?? [],
  total: found.data?.length,
  pending: found.isPending,
  stale: false,
  problem: found.error ?? undefined,
  more: undefined,
  moreBusy: false,
  retry: () => void found.refetch(),
})

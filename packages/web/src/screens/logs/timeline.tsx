import type { Reply } from '@groundlevel/contract-kit'
import { timeline } from '@groundlevel/contracts'
import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import type { Problem } from '../../problem.js'
import { DetailDrawer } from './detail.js'
import { FilterBar } from './filter-bar.js'
import { type Filters, useTimelineAddress } from './filters.js'
import { fold } from './fold.js'
import { keyOfRow, TraceGroup } from './line.js'
import classes from './logs.module.css'
import { useRowKeys } from './row-keys.js'

type Answer = Reply<typeof timeline.rows.list>

const liveMs = 2_000

/** The first page renews itself while the page is visible; older pages stand still, so that nothing moves while reading. */
const useRows = (filters: Filters) =>
  useInfiniteQuery<Answer, Problem, { pages: Answer[] }, unknown[], string | undefined>({
    queryKey: [timeline.rows.list.key, 'pages', filters],
    queryFn: ({ pageParam, signal }) =>
      call(timeline.rows.list, { query: { ...(filters as object), ...(pageParam ? { cursor: pageParam } : {}) } }, signal),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : liveMs),
  })

const Nothing = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) =>
  filtered ? (
    <Empty
      title="Nothing matches these filters"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      New rows that match appear here by themselves.
    </Empty>
  ) : (
    <Empty title="Nothing has happened yet">
      Install one of your apps and make a call with its token, or run npx groundlevel trigger ContactCreate. Calls, events and
      deliveries appear here within two seconds.
    </Empty>
  )

/** One list, newest first, live: calls, events, deliveries, installs and token acts, folded under their cause. */
export const Timeline = () => {
  const { filters, open, setFilter, setOpen, clear } = useTimelineAddress()
  const found = useRows(filters)
  const pages = found.data?.pages ?? []
  const groups = fold(pages.flatMap((page) => page.rows))
  const keys = useRowKeys(groups, open !== undefined, setOpen)
  const standing = pages.length > 1
  return (
    <Page title="Timeline" width={1200} about="What your apps did, and what was sent to them.">
      <FilterBar filters={filters} onChange={setFilter} onClear={clear} />
      {found.isError && (
        <Failure what="The timeline could not be loaded" problem={found.error} retry={() => void found.refetch()} />
      )}
      <Card flush>
        {found.isPending && <Waiting lines={8} />}
        {found.data && groups.length === 0 && <Nothing filtered={Object.keys(filters).length > 0} onClear={clear} />}
        <ul className={classes.list} aria-label="Timeline">
          {groups.map((group) => (
            <TraceGroup
              key={keyOfRow(group.cause)}
              group={group}
              unfolded={keys.unfolded.has(keyOfRow(group.cause))}
              marked={keys.marked}
              onFold={() => keys.flip(keyOfRow(group.cause))}
              onOpen={(row) => setOpen(keyOfRow(row))}
            />
          ))}
        </ul>
      </Card>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {standing ? 'Standing still while older rows are shown.' : 'Live.'} Keys: j and k move, Enter opens, x unfolds, Esc
          closes.
        </Text>
        <Group gap="xs">
          {standing && (
            <Button variant="default" size="xs" onClick={() => window.location.reload()}>
              Back to live
            </Button>
          )}
          {found.hasNextPage && (
            <Button variant="default" size="xs" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              Older
            </Button>
          )}
        </Group>
      </Group>
      {open && <DetailDrawer key={open} open={open} onOpen={setOpen} />}
    </Page>
  )
}

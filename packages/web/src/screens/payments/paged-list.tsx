import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { type Column, useColumns } from '../../parts/list/columns.js'
import { countOf } from '../../parts/list/count.js'
import { useCsvExport } from '../../parts/list/csv.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { usePages } from '../../parts/list/pages.js'
import { Card, Page } from '../../parts/page.js'

const pageSize = 50

interface PagedListProps<R extends { readonly _id: string }> {
  /** Of the list in the browser's memory, and of the exported file. */
  readonly name: string
  readonly title: string
  readonly about: ReactNode
  readonly noun: string
  /** Names the question in the cache. */
  readonly cacheKey: string
  readonly ask: (
    asked: { readonly search: string; readonly limit: number; readonly offset: number },
    signal?: AbortSignal,
  ) => Promise<{ readonly data: readonly R[]; readonly totalCount: number }>
  readonly columns: readonly Column<R>[]
  readonly nameOf: (row: R) => string
  readonly toOf: (row: R) => string
  readonly first: string
}

/** A list that the server searches and cuts into pages, each row a page of its own. */
export const PagedList = <R extends { readonly _id: string }>(props: PagedListProps<R>) => {
  const { name, title, about, noun, cacheKey, ask, columns, nameOf, toOf, first } = props
  const navigate = useNavigate()
  const address = useListAddress()
  const { query: search } = address
  const pages = usePages<R, number>([cacheKey, 'pages', name, search], async (after, signal) => {
    const offset = after ?? 0
    const { data, totalCount } = await ask({ search, limit: pageSize, offset }, signal)
    const next = offset + data.length
    return { rows: data, total: totalCount, next: data.length > 0 && next < totalCount ? next : undefined }
  })
  const shown = useColumns(name, columns)
  const exporting = useCsvExport(name, shown.shown, async function* () {
    for (let offset = 0, total = 1; offset < total; ) {
      const { data, totalCount } = await ask({ search, limit: pageSize, offset })
      if (data.length === 0) return
      yield data
      offset += data.length
      total = totalCount
    }
  })
  return (
    <Page title={title} about={about} width={1400}>
      <ListBar
        label={`${noun}s`}
        address={address}
        columns={shown}
        exporting={exporting}
        count={pages.total === undefined ? undefined : countOf(pages.total, noun)}
      />
      <Card flush>
        <DataTable
          label={title}
          what={`The ${noun}s`}
          pages={pages}
          columns={shown.shown}
          idOf={({ _id }) => _id}
          nameOf={nameOf}
          onOpen={(row) => void navigate(toOf(row))}
          empty={
            search ? (
              <Empty title={`No ${noun} matches`}>Search for less.</Empty>
            ) : (
              <Empty title={`No ${noun} yet`}>{first}</Empty>
            )
          }
        />
      </Card>
    </Page>
  )
}

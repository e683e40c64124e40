import type { Reply } from '@groundlevel/contract-kit'
import { contacts } from '@groundlevel/contracts'
import { Anchor, Table } from '@mantine/core'
import { useState } from 'react'
import { useAsk } from '../../api.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card } from '../../parts/page.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import { moving, statusOf } from './import-words.js'
import { useLocationId } from './words.js'

type Row = Reply<typeof contacts.imports.list>['imports'][number]

const whole = new Intl.NumberFormat('en')

const Line = ({ job, current, onOpen }: { job: Row; current: boolean; onOpen: () => void }) => (
  <Table.Tr>
    <Table.Td style={{ overflowWrap: 'anywhere' }}>
      {current ? (
        job.fileName
      ) : (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={onOpen}>
          {job.fileName}
        </Anchor>
      )}
    </Table.Td>
    <Table.Td>{statusOf({ status: job.status ?? 'done', dryRun: job.dryRun ?? false })}</Table.Td>
    <Table.Td ta="right">{whole.format(job.rowsRead ?? 0)}</Table.Td>
    <Table.Td>
      <When at={job.dateAdded ?? ''} />
    </Table.Td>
  </Table.Tr>
)

/** What was imported before, newest first; nothing where nothing was. */
export const EarlierImports = ({ current, onOpen }: { current: string | null; onOpen: (id: string) => void }) => {
  const locationId = useLocationId()
  const [busy, setBusy] = useState(false)
  const found = useAsk(contacts.imports.list, { query: { locationId, limit: 20 } }, { everyMs: busy ? 1_000 : false })
  const running = (found.data?.imports ?? []).some(({ status }) => status && moving(status))
  if (running !== busy) setBusy(running)
  return (
    <Loaded from={found} what="The earlier imports" waiting={<Waiting lines={2} />}>
      {({ imports }) =>
        imports.length === 0 ? null : (
          <Card title="Earlier imports" flush>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
            <div className={parts.scroll} tabIndex={0} role="group" aria-label="Earlier imports">
              <Table miw={480}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>File</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th ta="right">Rows</Table.Th>
                    <Table.Th>Begun</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {imports.map((job) => (
                    <Line key={job.id} job={job} current={job.id === current} onOpen={() => onOpen(job.id ?? '')} />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Card>
        )
      }
    </Loaded>
  )
}

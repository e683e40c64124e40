import { contacts } from '@groundlevel/contracts'
import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { callText, useAsk, useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { download } from '../../parts/list/csv.js'
import { Loaded } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import { asProblem, type Problem } from '../../problem.js'
import { type Import, moving, titleOf } from './import-words.js'
import { useLocationId } from './words.js'

const whole = new Intl.NumberFormat('en')
const Counts = ({ job }: { job: Import }) => (
  <Table maw={360}>
    <Table.Tbody>
      {(
        [
          ['Rows read', job.rowsRead],
          [job.dryRun ? 'Would be created' : 'Created', job.created],
          [job.dryRun ? 'Would be updated' : 'Updated', job.updated],
          [job.dryRun ? 'Would be left as they are' : 'Left as they are', job.skipped],
          ['Refused', job.refused],
        ] as const
      ).map(([label, count]) => (
        <Table.Tr key={label}>
          <Table.Th fw={400}>{label}</Table.Th>
          <Table.Td ta="right">{whole.format(count)}</Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)

const Refused = ({ job }: { job: Import }) => {
  const locationId = useLocationId()
  const [problem, setProblem] = useState<Problem>()
  const run = () =>
    callText(contacts.imports.errors, { importId: job.id, query: { locationId } })
      .then((text) => download(`refused-${job.fileName}`, [text]))
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
  return (
    <>
      <Button variant="default" onClick={() => void run()}>
        Download what was refused
      </Button>
      {problem && <Failure what="The file was not written" problem={problem} focus />}
    </>
  )
}

const Acts = ({ job, onAgain }: { job: Import; onAgain: () => void }) => {
  const locationId = useLocationId()
  const start = useSend(contacts.imports.start)
  const cancel = useSend(contacts.imports.cancel)
  const about = { importId: job.id, query: { locationId } }
  const tried = job.dryRun && job.status === 'done'
  const problem = start.error ?? cancel.error
  return (
    <Stack gap="sm">
      <Group>
        {tried && (
          <Button loading={start.isPending} disabled={job.created + job.updated === 0} onClick={() => start.mutate(about)}>
            Import in earnest
          </Button>
        )}
        {moving(job.status) && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(about)}>
            End it here
          </Button>
        )}
        {job.refused > 0 && !moving(job.status) && <Refused job={job} />}
        {!moving(job.status) && (
          <Button variant="default" onClick={onAgain}>
            Another file
          </Button>
        )}
        {!job.dryRun && job.status === 'done' && (
          <Button component={Link} to={`/portal/sub-account/${locationId}/contacts`}>
            Go to contacts
          </Button>
        )}
      </Group>
      {problem && <Failure what="That did not work" problem={problem} focus />}
    </Stack>
  )
}

const share = ({ bytes, bytesRead }: Import) => (bytes === 0 ? 0 : (bytesRead / bytes) * 100)

/** How far an import is; it goes on when the page is left. */
export const ImportProgress = ({ importId, onAgain }: { importId: string; onAgain: () => void }) => {
  const locationId = useLocationId()
  const [done, setDone] = useState(false)
  const found = useAsk(contacts.imports.get, { importId, query: { locationId } }, { everyMs: done ? false : 1_000 })
  const ended = found.data !== undefined && !moving(found.data.import.status)
  if (ended !== done) setDone(ended)
  return (
    <Loaded from={found} what="The import">
      {({ import: job }) => (
        <Card title={titleOf(job)} about={job.fileName}>
          <Stack gap="md">
            {moving(job.status) && (
              <>
                <Progress value={share(job)} aria-label="Read so far" />
                <Text size="sm" c="dimmed" role="status">
                  {whole.format(job.rowsRead)} rows. It goes on when you leave this page.
                </Text>
              </>
            )}
            {job.error && <Notice tone="bad">{job.error}</Notice>}
            {!moving(job.status) && <Counts job={job} />}
            <Acts job={job} onAgain={onAgain} />
          </Stack>
        </Card>
      )}
    </Loaded>
  )
}

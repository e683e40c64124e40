import { Table, UnstyledButton } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { Waiting } from '../../parts/loaded.js'
import parts from '../../parts/parts.module.css'
import { When } from '../../parts/when.js'
import classes from './canvas.module.css'
import { marksOf, outcomeWord, type StepRow } from './marks.js'
import { titleOf } from './says.js'
import { SourcesProvider, useSources } from './sources.js'
import { Told } from './told.js'
import { type Definition, find, withIds } from './tree.js'
import type { Part, Supplied, Workflow } from './words.js'

const Canvas = lazy(() => import('./canvas.js').then((module) => ({ default: module.Canvas })))
const Side = lazy(() => import('./side.js').then((module) => ({ default: module.Side })))

interface StepTableProps {
  readonly steps: readonly StepRow[]
  readonly definition: Definition
  readonly supplied: Supplied
  readonly selectedId: string | undefined
  readonly onSelect: (id: string) => void
  readonly contactId: string | undefined
}

/** What was done, one line a step, with the reason of each way. */
const StepTable = ({ steps, definition, supplied, selectedId, onSelect, contactId }: StepTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={parts.scroll} tabIndex={0} role="group" aria-label="Steps that were done">
    <Table miw={320}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Step</Table.Th>
          <Table.Th>Outcome and why</Table.Th>
          <Table.Th>When</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {steps.map(({ number, actionId, type, outcome, reason, at }) => {
          const part = find(definition, actionId ?? undefined)?.part
          const name = titleOf(part ?? { type }, false, supplied)
          return (
            <Table.Tr
              key={number}
              data-selected={selectedId !== undefined && actionId === selectedId ? true : undefined}
              className={classes.row ?? ''}
            >
              <Table.Td>
                {part ? (
                  <UnstyledButton fz="sm" className={classes.link ?? ''} onClick={() => onSelect(actionId ?? '')}>
                    {name}
                  </UnstyledButton>
                ) : (
                  name
                )}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <b>{outcomeWord(outcome)}</b> <Told reason={reason ?? ''} contactId={contactId} />
              </Table.Td>
              <Table.Td>{at && <When at={at} />}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  </div>
)

interface WayThroughProps {
  readonly row: Workflow
  readonly steps: readonly StepRow[]
  readonly title: string
  /** Whose way it was; nobody's on trial. */
  readonly contactId?: string
  /** Over the table. */
  readonly children?: ReactNode
  /** Nobody went through: only what it says. */
  readonly bare?: boolean
}

/** A way through a workflow: drawn on the canvas, and line by line beside it. */
export const WayThrough = ({ row, steps, title, contactId, children, bare = false }: WayThroughProps) => {
  const definition = useMemo(() => withIds({ triggers: row.triggers as Part[], actions: row.actions as Part[] }), [row])
  const sources = useSources(definition)
  const marks = useMemo(() => marksOf(steps, definition), [steps, definition])
  const [selectedId, select] = useState<string>()
  return (
    <SourcesProvider value={sources}>
      <Suspense fallback={<Waiting lines={8} />}>
        <div className={classes.layout} data-side>
          <Canvas
            definition={definition}
            readOnly
            marks={bare ? undefined : marks}
            selectedId={selectedId}
            onOpen={({ id, kind }) => kind === 'step' && select(id)}
          />
          <Side title={title} about={title} inPlace>
            {children}
            {!bare && (
              <StepTable
                steps={steps}
                definition={definition}
                supplied={sources.supplied}
                selectedId={selectedId}
                onSelect={select}
                contactId={contactId}
              />
            )}
          </Side>
        </div>
      </Suspense>
    </SourcesProvider>
  )
}

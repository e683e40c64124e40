import { Text } from '@mantine/core'
import { useState } from 'react'
import { Empty } from '../../parts/empty.js'
import { Card } from '../../parts/page.js'
import classes from './snapshots.module.css'
import { inOrder, kindName, type Snapshot } from './words.js'

interface Named {
  readonly id: string
  readonly name: string
}

const whole = new Intl.NumberFormat('en')
/** A browser draws so many names at once; who looks for one of more searches where it is set up. */
const mostShown = 500

const Kind = ({ kind, assets }: { kind: string; assets: readonly Named[] }) => {
  const [open, setOpen] = useState(false)
  return (
    <details className={classes.kind} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{kindName(kind)}</span>
        <span>{whole.format(assets.length)}</span>
      </summary>
      {open && (
        <ul className={classes.names} aria-label={kindName(kind)}>
          {assets.slice(0, mostShown).map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      )}
      {open && assets.length > mostShown && (
        <Text size="xs" c="dimmed">
          And {whole.format(assets.length - mostShown)} more
        </Text>
      )}
    </details>
  )
}

/** What a snapshot holds, by kind. */
export const Assets = ({ snapshot }: { snapshot: Snapshot }) => {
  const byKind = snapshot.assets as Readonly<Record<string, readonly Named[]>>
  const kinds = inOrder(Object.keys(byKind))
  return (
    <Card title="Assets" flush>
      {kinds.length === 0 ? (
        <Empty title="It holds nothing">Nothing of the chosen kinds was set up in the sub-account.</Empty>
      ) : (
        kinds.map((kind) => <Kind key={kind} kind={kind} assets={byKind[kind] ?? []} />)
      )}
    </Card>
  )
}

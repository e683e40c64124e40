import type { Reply } from '@groundlevel/contract-kit'
import type { store } from '@groundlevel/contracts'
import { Stack, Text } from '@mantine/core'
import classes from './brought.module.css'
import { inOrder, kindName } from './words.js'

type App = Reply<typeof store.listings.get>['app']

interface BroughtProps {
  readonly snapshot: NonNullable<App['snapshot']>
  readonly targetUser: App['targetUser']
}

const wheres: Readonly<Record<App['targetUser'], string>> = {
  location: 'It is put into each sub-account that you add the app to. What is there by the same name stays as it is.',
  company: 'It is put among the snapshots of your agency. Nothing of it goes into a sub-account until you push it there.',
}

/** The snapshot that comes with an app: where it goes, and the names of what is in it. */
export const Brought = ({ snapshot: { name, sharedBy, kinds }, targetUser }: BroughtProps) => {
  const byKind = new Map(kinds.map((each) => [each.kind, each]))
  const rows = inOrder([...byKind.keys()]).flatMap((kind) => byKind.get(kind) ?? [])
  return (
    <Stack gap="xs">
      <Text size="sm">
        The snapshot <b>{name}</b>, shared by {sharedBy}. {wheres[targetUser]}
      </Text>
      <div className={classes.brought}>
        {rows.map(({ kind, count, names }) => (
          <details key={kind}>
            <summary>
              <span>{kindName(kind)}</span>
              <span>{count}</span>
            </summary>
            <ul aria-label={kindName(kind)}>
              {names.map((each, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name, and the list never changes
                <li key={at}>{each}</li>
              ))}
              {count > names.length && <li>and {count - names.length} more</li>}
            </ul>
          </details>
        ))}
      </div>
    </Stack>
  )
}

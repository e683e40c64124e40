import { Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Card } from '../../parts/page.js'
import { withIds } from './tree.js'
import { bodyOf, type Editing } from './use-draft.js'
import type { Part } from './words.js'

/** The list in a text, or why it is none. */
const listIn = (text: string): { readonly parts: readonly Part[] } | { readonly problem: string } => {
  try {
    const parsed = JSON.parse(text) as unknown
    const isList = Array.isArray(parsed) && parsed.every((each) => typeof each === 'object' && each !== null)
    return isList ? { parts: parsed as Part[] } : { problem: 'This has to be a list of objects: [ … ]' }
  } catch (thrown) {
    return { problem: `This is no JSON: ${(thrown as Error).message}` }
  }
}

const mono = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }
const names = { triggers: 'Triggers', actions: 'Steps' } as const

const ListText = ({ name, editing }: { name: keyof typeof names; editing: Editing }) => {
  const { draft, change } = editing
  const kept = JSON.stringify(bodyOf(draft)[name], null, 2)
  const [typed, setTyped] = useState<string>()
  const found = typed === undefined ? undefined : listIn(typed)
  const put = (text: string) => {
    setTyped(text)
    const next = listIn(text)
    if ('parts' in next) change({ ...draft, ...withIds({ ...draft, [name]: next.parts }) }, `json ${name}`)
  }
  return (
    <Textarea
      label={names[name]}
      autosize
      minRows={6}
      maxRows={30}
      spellCheck={false}
      styles={mono}
      value={typed ?? kept}
      error={found && 'problem' in found ? `${found.problem} The canvas keeps what was valid last.` : undefined}
      onChange={(event) => put(event.currentTarget.value)}
      onBlur={() => found && 'parts' in found && setTyped(undefined)}
    />
  )
}

/** The definition as it is kept, for who copies or reads it. */
export const JsonView = ({ editing }: { editing: Editing }) => (
  <Card title="As it is kept" about="The same definition as on the canvas: what you change here changes there.">
    <Stack gap="md">
      <ListText name="triggers" editing={editing} />
      <ListText name="actions" editing={editing} />
    </Stack>
  </Card>
)

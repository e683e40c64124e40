import { Select } from '@mantine/core'
import { textOf } from '../contacts/words.js'
import { ConditionEditor } from './condition-editor.js'
import { conditionsIn } from './conditions.js'
import type { InputProps } from './inputs.js'
import { filtersOf, goalEvents } from './kinds.js'
import { problemOfField } from './problems.js'

interface HappeningProps extends Pick<InputProps, 'part' | 'problems' | 'set'> {
  readonly label: string
}

/** Something that can happen to somebody who is in a workflow, and what of it counts. */
export const HappeningChoice = ({ label, part, problems, set }: HappeningProps) => {
  const event = filtersOf(part.on)
  return (
    <>
      <Select
        openOnFocus={false}
        label={label}
        data={goalEvents.map(([value, { label }]) => ({ value, label }))}
        value={textOf(part.on) || null}
        error={problemOfField(problems, 'on')}
        onChange={(on) => set({ on: on ?? undefined, filters: undefined })}
        allowDeselect={false}
      />
      <ConditionEditor
        label="Only if"
        value={conditionsIn(part.filters)}
        onChange={(filters) => set({ filters: filters.length > 0 ? filters : undefined }, `filter ${filters.length}`)}
        facts={event?.facts ?? []}
        contact={event?.contact ?? false}
        error={problemOfField(problems, 'filters')}
      />
    </>
  )
}

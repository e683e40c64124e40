import { SegmentedControl, Select } from '@mantine/core'
import { textOf } from '../contacts/words.js'
import { ConditionEditor, Match } from './condition-editor.js'
import { conditionsIn, repliedFact } from './conditions.js'
import { HappeningChoice } from './happening.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import { toldFacts, useKnownSources } from './sources.js'

const reached = [
  { value: 'go_on', label: 'Goes on below' },
  { value: 'end', label: 'Is done' },
]

const otherwise = [
  { value: 'go_on', label: 'Goes on below too' },
  { value: 'wait', label: 'Waits for it' },
  { value: 'end', label: 'Is done' },
]

const tags = { field: 'tags', operator: 'contains', value: '' }

/** What a contact has to do or be so that it comes here from anywhere above. */
export const Goal = ({ part, definition, problems, set }: InputProps<'goal'>) => {
  const isEvent = part.conditions === undefined
  const conditions = conditionsIn(part.conditions)
  const told = toldFacts(definition, useKnownSources().supplied)
  const choose = (next: string) =>
    set(
      next === 'event'
        ? { on: 'form_submitted', conditions: undefined, match: undefined }
        : { on: undefined, filters: undefined, conditions: [tags] },
    )
  return (
    <>
      <SegmentedControl
        aria-label="What reaches it"
        data={[
          { value: 'event', label: 'Something happens' },
          { value: 'conditions', label: 'The contact is so' },
        ]}
        value={isEvent ? 'event' : 'conditions'}
        onChange={choose}
      />
      {isEvent ? (
        <HappeningChoice label="Reached when" part={part} problems={problems} set={set} />
      ) : (
        <>
          {conditions.length > 1 && (
            <Match any={part.match === 'any'} onChange={(any) => set({ match: any ? 'any' : undefined })} />
          )}
          <ConditionEditor
            label="Reached when"
            value={conditions}
            onChange={(next) => set({ conditions: next }, `condition ${next.length}`)}
            facts={[...told, repliedFact]}
            error={problemOfField(problems, 'conditions')}
          />
        </>
      )}
      <Select
        openOnFocus={false}
        label="Whoever reaches it"
        data={reached}
        value={textOf(part.reached) || 'go_on'}
        onChange={(next) => set({ reached: next === 'end' ? 'end' : undefined })}
        allowDeselect={false}
      />
      <Select
        openOnFocus={false}
        label="Whoever comes here without"
        data={otherwise}
        value={textOf(part.otherwise) || 'go_on'}
        onChange={(next) => set({ otherwise: next === 'go_on' ? undefined : (next ?? undefined) })}
        allowDeselect={false}
      />
    </>
  )
}

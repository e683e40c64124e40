import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { Failure } from '../../parts/failure.js'
import { Notice } from '../../parts/notice.js'
import { textOf } from '../contacts/words.js'
import { BranchHead, putBranch } from './branch-head.js'
import { ConditionEditor } from './condition-editor.js'
import { conditionsIn } from './conditions.js'
import type { Asked } from './fields.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import { answeredEntry, type Entry, entryOf, factOf, newBranch, valueIn } from './supplied.js'
import { Entries, useAnswer } from './supplied-inputs.js'
import type { Part, SuppliedAction, SuppliedTrigger } from './words.js'
import classes from './workflow.module.css'

const askedOf = ({ appId, appName, key }: SuppliedAction | SuppliedTrigger, kind: Asked['kind']): Asked => ({
  appId,
  appName,
  key,
  kind,
})

interface Section {
  readonly title: string
  readonly entries: readonly Entry[]
}

const typingMs = 500

/** The fields that a dynamic one becomes: asked anew when what is filled in before it changes. */
const useBecomes = (asked: Asked, entries: readonly Entry[], values: unknown) => {
  const dynamic = entries.find(({ type }) => type === 'dynamic')
  const given = entries.filter((entry) => entry !== dynamic).map(({ key }) => [key, valueIn(values, key)] as const)
  const [data] = useDebouncedValue(JSON.stringify(Object.fromEntries(given)), typingMs)
  const enabled = dynamic !== undefined
  const answer = useAnswer(asked, dynamic?.key ?? '', { data: JSON.parse(data) as Part, enabled })
  const sections: Section[] = (answer.data?.inputs ?? []).map(({ section, fields }) => ({
    title: section ?? '',
    entries: (fields ?? []).flatMap((raw) => answeredEntry(raw as Part) ?? []),
  }))
  return { sections, answer, enabled }
}

const Becoming = ({ asked, from }: { asked: Asked; from: ReturnType<typeof useBecomes> }) => {
  const { answer, enabled, sections } = from
  if (!enabled) return null
  if (answer.error)
    return (
      <Failure what={`${asked.appName} did not say what to fill in`} problem={answer.error} retry={() => void answer.refetch()} />
    )
  if (answer.isPending)
    return (
      <Group gap="xs" role="status">
        <Loader size={14} />
        <Text size="sm" c="dimmed">
          Asking {asked.appName} what to fill in…
        </Text>
      </Group>
    )
  const none = sections.every(({ entries }) => entries.length === 0)
  return none ? (
    <Text size="sm" c="dimmed">
      {asked.appName} asks for nothing more.
    </Text>
  ) : null
}

/** What an app’s action asks the author for. */
export const AppFields = ({ field: { defined }, part, problems, set }: InputProps<'app-fields'>) => {
  const asked = askedOf(defined, 'action')
  const entries = defined.fields.map(entryOf)
  const becomes = useBecomes(asked, entries, part.data)
  const shared = {
    asked,
    values: part.data,
    problemOf: (key: string) => problemOfField(problems, `data.${key}`),
    onChange: (data: Part, about?: string) => set({ data }, about),
  }
  return (
    <>
      <Entries {...shared} entries={entries} />
      <Becoming asked={asked} from={becomes} />
      {becomes.sections.map(({ title, entries: more }) => (
        <fieldset key={title} className={classes.plain}>
          {title && <legend>{title}</legend>}
          <Stack gap="md">
            <Entries {...shared} entries={more} />
          </Stack>
        </fieldset>
      ))}
      {defined.pause && (
        <Text size="xs" c="dimmed">
          The contact waits until {defined.appName} lets it go on.
        </Text>
      )}
    </>
  )
}

interface OneBranchProps extends Pick<InputProps, 'set' | 'problems'> {
  readonly at: number
  readonly branches: readonly Part[]
  readonly defined: SuppliedAction
}

const OneBranch = ({ at, branches, defined, set, problems }: OneBranchProps) => {
  const branch = branches[at] ?? {}
  const put = putBranch({ at, branches, set })
  return (
    <div className={classes.branch}>
      <Stack gap="sm">
        <BranchHead at={at} branches={branches} set={set} placeholder={textOf(branch.id)} />
        <Entries
          entries={defined.branchFields.map(entryOf)}
          values={branch.fields}
          asked={askedOf(defined, 'action')}
          problemOf={(key) => problemOfField(problems, `branches.${at}.fields.${key}`)}
          onChange={(fields, about) => put({ fields }, about)}
        />
      </Stack>
    </div>
  )
}

/** The ways on from which the app’s answer chooses one. */
export const AppBranches = ({ field: { defined }, part, problems, set }: InputProps<'app-branches'>) => {
  const branches = (part.branches ?? []) as readonly Part[]
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {defined.appName} says which branch a contact takes. Where it names none, the way goes on below them.
      </Text>
      {branches.map((branch, at) => (
        <OneBranch key={textOf(branch.id)} at={at} branches={branches} defined={defined} set={set} problems={problems} />
      ))}
      <Button
        size="compact-xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={13} />}
        onClick={() => set({ branches: [...branches, newBranch(branches)] })}
      >
        Add branch
      </Button>
    </Stack>
  )
}

/** What an app’s trigger can be filtered by: what the app has defined, and what its server says. */
export const AppFilters = ({ field: { defined }, part, problems, set }: InputProps<'app-filters'>) => {
  const asked = askedOf(defined, 'trigger')
  const entries = defined.filters.map(entryOf)
  const becomes = useBecomes(asked, entries, {})
  const all = [...entries.filter(({ type }) => type !== 'dynamic'), ...becomes.sections.flatMap((section) => section.entries)]
  if (entries.length === 0)
    return (
      <Text size="sm" c="dimmed">
        There is nothing to filter by.
      </Text>
    )
  return (
    <>
      <ConditionEditor
        label="Only if"
        value={conditionsIn(part.filters)}
        onChange={(filters) => set({ filters: filters.length > 0 ? filters : undefined }, `filter ${filters.length}`)}
        facts={all.map((entry) => ({ ...factOf(entry), ...(entry.asks ? { asked } : {}) }))}
        contact={false}
        error={problemOfField(problems, 'filters')}
      />
      <Becoming asked={asked} from={becomes} />
    </>
  )
}

/** The app supplies this no longer, or is not installed any more. */
export const AppGone = ({ part }: InputProps<'app-gone'>) => (
  <Notice tone="waiting" title="Its app is not here">
    <Text size="sm">
      The app that supplied <code>{textOf(part.key)}</code> is not installed any more, or supplies it no longer. Contacts pass by
      it.
    </Text>
  </Notice>
)

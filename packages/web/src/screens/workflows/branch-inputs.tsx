import { ActionIcon, Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { textOf } from '../contacts/words.js'
import { BranchHead, putBranch } from './branch-head.js'
import { ConditionEditor, Match } from './condition-editor.js'
import { conditionsIn, happenedFact, repliedFact } from './conditions.js'
import type { InputProps } from './inputs.js'
import { problemOfField } from './problems.js'
import { toldFacts, useKnownSources } from './sources.js'
import type { Definition } from './tree.js'
import type { Part } from './words.js'
import classes from './workflow.module.css'

const useFacts = (definition: Definition) => [...toldFacts(definition, useKnownSources().supplied), repliedFact, happenedFact]

interface BranchProps extends Pick<InputProps, 'part' | 'definition' | 'set' | 'problems'> {
  readonly at: number
  readonly branches: readonly Part[]
}

const OneBranch = ({ at, branches, definition, set, problems }: BranchProps) => {
  const branch = branches[at] ?? {}
  const facts = useFacts(definition)
  const put = putBranch({ at, branches, set })
  const conditions = conditionsIn(branch.conditions)
  return (
    <div className={classes.branch}>
      <BranchHead at={at} branches={branches} set={set} placeholder="Name" removable={branches.length > 1} />
      {conditions.length > 1 && (
        <Match any={branch.match === 'any'} onChange={(any) => put({ match: any ? 'any' : undefined })} />
      )}
      <ConditionEditor
        label="If"
        value={conditions}
        onChange={(next) => put({ conditions: next }, `condition ${next.length}`)}
        facts={facts}
        error={problemOfField(problems, `branches.${at}`)}
      />
    </div>
  )
}

/** When which way is taken. With one more branch the two ways become several. */
export const Conditions = ({ part, definition, problems, set }: InputProps<'conditions'>) => {
  const branches = part.branches as readonly Part[] | undefined
  const facts = useFacts(definition)
  const own = conditionsIn(part.conditions)
  const fresh = { conditions: [{ field: 'tags', operator: 'contains', value: '' }], actions: [] }
  const split = () =>
    set({
      branches: [
        { name: 'Then', conditions: own, ...(part.match ? { match: part.match } : {}), actions: part.then ?? [] },
        { name: 'Branch 2', ...fresh },
      ],
      conditions: undefined,
      match: undefined,
      // biome-ignore lint/suspicious/noThenProperty: the wire's own name
      then: undefined,
    })
  const add = () => (branches ? set({ branches: [...branches, { name: `Branch ${branches.length + 1}`, ...fresh }] }) : split())
  return (
    <>
      {branches ? (
        branches.map((branch, at) => (
          <OneBranch
            key={String(branch.id ?? at)}
            at={at}
            branches={branches}
            part={part}
            definition={definition}
            set={set}
            problems={problems}
          />
        ))
      ) : (
        <>
          {own.length > 1 && <Match any={part.match === 'any'} onChange={(any) => set({ match: any ? 'any' : undefined })} />}
          <ConditionEditor
            label="If"
            value={own}
            onChange={(conditions) => set({ conditions }, `condition ${conditions.length}`)}
            facts={facts}
            error={problemOfField(problems, 'conditions')}
          />
        </>
      )}
      <Button
        size="compact-xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={13} />}
        onClick={add}
      >
        Add branch
      </Button>
    </>
  )
}

/** Contacts are shared among the paths by weight. */
export const Paths = ({ part, problems, set }: InputProps<'paths'>) => {
  const paths = (part.paths ?? []) as readonly Part[]
  const put = (at: number, values: Part, about?: string) =>
    set({ paths: paths.map((each, index) => (index === at ? { ...each, ...values } : each)) }, about)
  return (
    <Stack gap="xs">
      {paths.map((path, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paths have no id
        <Group key={at} gap={4} wrap="nowrap" align="flex-end">
          <TextInput
            size="xs"
            flex={2}
            label={`Path ${at + 1}`}
            value={textOf(path.name)}
            onChange={(event) => put(at, { name: event.currentTarget.value }, `path ${at}`)}
          />
          <NumberInput
            size="xs"
            flex={1}
            label="Weight"
            min={0}
            hideControls
            value={typeof path.weight === 'number' ? path.weight : 1}
            error={problemOfField(problems, `paths.${at}`)}
            onChange={(weight) => put(at, { weight: Number(weight) }, `weight ${at}`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={`Remove path ${at + 1} and its steps`}
            disabled={paths.length <= 2}
            onClick={() => set({ paths: paths.filter((_, index) => index !== at) })}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={13} />}
        onClick={() => set({ paths: [...paths, { name: String.fromCharCode(65 + paths.length), weight: 1, actions: [] }] })}
      >
        Add path
      </Button>
    </Stack>
  )
}

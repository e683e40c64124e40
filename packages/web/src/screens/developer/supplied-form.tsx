import { Button, Group, Modal, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { FormProblem } from '../../parts/form-problem.js'
import { byField, type Problem } from '../../problem.js'
import { FieldList } from './field-list.js'
import {
  type Draft,
  fieldTypeNames,
  filterTypes,
  type Kind,
  kinds,
  type Marked,
  pathsOf,
  type SuppliedField,
  sampleFrom,
} from './supplied-words.js'

interface SuppliedFormProps {
  readonly kind: Kind
  readonly from: Draft
  readonly isNew: boolean
  readonly busy: boolean
  readonly problem: Problem | null
  readonly onSave: (draft: Draft) => void
  readonly onClose: () => void
}

const allTypes = Object.keys(fieldTypeNames) as SuppliedField['type'][]

const addressWords = {
  trigger: {
    label: 'Subscription URL',
    description: 'Hears of each workflow that uses the trigger, and where to send what happens. May be empty.',
  },
  action: { label: 'Execution URL', description: 'Gets a POST for each contact that comes to the step.' },
} as const

interface BasicsProps extends Pick<SuppliedFormProps, 'kind' | 'isNew'> {
  readonly draft: Draft
  readonly marked: Marked
  readonly set: (change: Partial<Draft>) => void
}

const ActionParts = ({ draft, marked, set }: Omit<BasicsProps, 'kind' | 'isNew'>) => (
  <>
    <Switch
      label="Branches"
      description="The workflow’s author draws branches; your answer names one by branchId."
      checked={draft.branching}
      onChange={(event) => set({ branching: event.currentTarget.checked })}
    />
    {draft.branching && (
      <FieldList
        legend="Fields of a branch"
        about="What each branch asks for."
        types={allTypes.filter((type) => type !== 'dynamic')}
        path="branchFields"
        marked={marked}
        fields={draft.branchFields}
        onChange={(branchFields) => set({ branchFields })}
      />
    )}
    <Switch
      label="Pause"
      description="The contact waits after your answer until you call the resume URL that came with the request."
      checked={draft.pause}
      onChange={(event) => set({ pause: event.currentTarget.checked })}
    />
  </>
)

const Basics = ({ kind, isNew, draft, marked, set }: BasicsProps) => (
  <>
    <TextInput
      label="Name"
      required
      data-autofocus
      value={draft.name}
      error={marked.name}
      onChange={(event) => set({ name: event.currentTarget.value })}
    />
    <TextInput
      label="Key"
      description={isNew ? 'Letters, digits and _. It cannot be changed later.' : 'It cannot be changed.'}
      required
      disabled={!isNew}
      value={draft.key}
      error={marked.key}
      onChange={(event) => set({ key: event.currentTarget.value })}
    />
    <Textarea
      label="Description"
      autosize
      value={draft.description}
      error={marked.description}
      onChange={(event) => set({ description: event.currentTarget.value })}
    />
    <TextInput
      {...addressWords[kind]}
      type="url"
      required={kind === 'action'}
      value={draft.address}
      error={marked[kinds[kind].address]}
      onChange={(event) => set({ address: event.currentTarget.value })}
    />
    <Textarea
      label="Headers"
      description="Sent with each request, one a line: Name: value. They are how your server knows who asks."
      autosize
      minRows={2}
      value={draft.headers}
      error={marked.headers}
      onChange={(event) => set({ headers: event.currentTarget.value })}
    />
  </>
)

/** Makes or changes a trigger or an action. What was typed stays when it is refused. */
export const SuppliedForm = ({ kind, from, isNew, busy, problem, onSave, onClose }: SuppliedFormProps) => {
  const [draft, setDraft] = useState(from)
  const [sent, setSent] = useState(from)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const words = kinds[kind]
  const names = pathsOf(kind, draft)
  // Once a line is added or taken out, those below it have other numbers than the refusal says.
  const isShifted = draft.fields.length !== sent.fields.length || draft.branchFields.length !== sent.branchFields.length
  const marked = problem && !isShifted ? byField(problem, names).fields : {}
  const badSample = sampleFrom(draft.sample) === undefined
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [problem])
  return (
    <Modal
      opened
      onClose={onClose}
      title={isNew ? `New ${words.name}` : `Change ${from.name}`}
      size="lg"
      closeOnClickOutside={false}
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (badSample) return
          setSent(draft)
          onSave(draft)
        }}
      >
        <Stack gap="md">
          <Basics kind={kind} draft={draft} isNew={isNew} marked={marked} set={set} />
          <FieldList
            legend={kind === 'action' ? 'Fields' : 'Filters'}
            about={kind === 'action' ? 'What the step asks its author for.' : 'What the workflow’s author can filter by.'}
            types={kind === 'action' ? allTypes : filterTypes}
            path={words.fields}
            marked={marked}
            fields={draft.fields}
            onChange={(fields) => set({ fields })}
          />
          {kind === 'action' && <ActionParts draft={draft} marked={marked} set={set} />}
          <Textarea
            label={kind === 'action' ? 'Sample answer' : 'Sample payload'}
            description="A JSON object; its names are offered in conditions and templates."
            autosize
            minRows={3}
            ff="monospace"
            value={draft.sample}
            error={badSample ? 'This is no JSON object.' : marked.sample}
            onChange={(event) => set({ sample: event.currentTarget.value })}
          />
          <FormProblem what={`The ${words.name} was not saved`} problem={problem} names={names} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

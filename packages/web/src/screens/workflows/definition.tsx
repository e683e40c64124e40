import { workflows } from '@groundlevel/contracts'
import { Button, Group, Menu, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useSend } from '../../api.js'
import { Failure } from '../../parts/failure.js'
import { Card } from '../../parts/page.js'
import { SaveBar, sayDone } from '../developer/save-bar.js'
import { useRecordForm } from '../settings/edit-drawer.js'
import { examples, textFrom } from './examples.js'
import { Steps, Triggers } from './steps.js'
import type { Part, Workflow } from './words.js'
import classes from './workflow.module.css'

/** The list in a text, or why it is none. */
const listIn = (text: string): { readonly parts: readonly Part[] } | { readonly problem: string } => {
  try {
    const parsed = JSON.parse(text) as unknown
    return Array.isArray(parsed) ? { parts: parsed as Part[] } : { problem: 'This has to be a list: [ … ]' }
  } catch (thrown) {
    return { problem: `This is no JSON: ${(thrown as Error).message}` }
  }
}

const partsIn = (text: string) => {
  const found = listIn(text)
  return 'parts' in found ? found.parts : []
}

const Add = ({ kind, onAdd }: { kind: keyof typeof examples; onAdd: (part: Part) => void }) => (
  <Menu position="bottom-end" shadow="md">
    <Menu.Target>
      <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />}>
        {kind === 'triggers' ? 'Add trigger' : 'Add step'}
      </Button>
    </Menu.Target>
    <Menu.Dropdown mah={300} style={{ overflowY: 'auto' }}>
      {examples[kind].map(({ label, part }) => (
        <Menu.Item key={label} onClick={() => onAdd(part)}>
          {label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
)

const mono = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }

interface ListTextProps {
  readonly label: string
  readonly kind: keyof typeof examples
  readonly value: string
  readonly onChange: (text: string) => void
}

/** Triggers or steps as they are kept, with an example of each kind to add. */
const ListText = ({ label, kind, value, onChange }: ListTextProps) => {
  const found = listIn(value)
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500} aria-hidden>
          {label}
        </Text>
        <Add kind={kind} onAdd={(part) => 'parts' in found && onChange(textFrom([...found.parts, part]))} />
      </Group>
      <Textarea
        aria-label={label}
        autosize
        minRows={4}
        maxRows={24}
        spellCheck={false}
        styles={mono}
        value={value}
        error={'problem' in found ? found.problem : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

const valuesOf = ({ name, triggers, actions, settings }: Workflow) => ({
  name,
  triggers: textFrom(triggers),
  actions: textFrom(actions),
  stopOnReply: settings.stopOnReply ?? false,
  never: settings.reentry === 'never',
})

/** What begins a workflow and what it does: as it reads, and as it is kept. */
export const Definition = ({ row }: { row: Workflow }) => {
  const { form, options } = useRecordForm(valuesOf(row))
  const update = useSend(workflows.workflow.update, ({ workflow }) => {
    // Steps that are new have got their ids.
    const saved = valuesOf(workflow)
    form.setInitialValues(saved)
    form.setValues(saved)
    form.resetDirty(saved)
    sayDone('Saved')
  })
  const { values } = form
  const broken = [values.triggers, values.actions].some((text) => 'problem' in listIn(text))
  const send = form.onSubmit(({ name, triggers, actions, stopOnReply, never }) => {
    const settings = { stopOnReply, reentry: never ? ('never' as const) : ('when_finished' as const) }
    const body = { name: name.trim(), triggers: [...partsIn(triggers)], actions: [...partsIn(actions)], settings }
    if (!broken) update.mutate({ workflowId: row.id, body: body as never }, options)
  })
  return (
    <div className={classes.columns}>
      <Card title="How it reads">
        <Stack gap="md">
          <Triggers triggers={partsIn(values.triggers)} />
          <Steps actions={partsIn(values.actions)} label="Steps" />
        </Stack>
      </Card>
      <form onSubmit={send} noValidate>
        <Card title="Definition">
          <Stack gap="md">
            <TextInput label="Name" required autoComplete="off" {...form.getInputProps('name')} />
            <ListText
              label="Triggers"
              kind="triggers"
              value={values.triggers}
              onChange={(text) => form.setFieldValue('triggers', text)}
            />
            <ListText
              label="Steps"
              kind="actions"
              value={values.actions}
              onChange={(text) => form.setFieldValue('actions', text)}
            />
            <Switch label="An answer of the contact ends it" {...form.getInputProps('stopOnReply', { type: 'checkbox' })} />
            <Switch label="Each contact only once, for ever" {...form.getInputProps('never', { type: 'checkbox' })} />
            {update.error && <Failure what="The workflow was not saved" problem={update.error} focus />}
            <SaveBar dirty={form.isDirty() && !broken} busy={update.isPending} onUndo={form.reset} />
          </Stack>
        </Card>
      </form>
    </div>
  )
}

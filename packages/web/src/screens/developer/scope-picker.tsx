import type { Reply } from '@groundlevel/contract-kit'
import { apps } from '@groundlevel/contracts'
import { Badge, Button, Checkbox, Group, Stack, Switch, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk } from '../../api.js'
import { Loaded } from '../../parts/loaded.js'
import { grouped } from '../../parts/scope-list.js'
import classes from './developer.module.css'

type Scope = Reply<typeof apps.reference.scopes>['scopes'][number]

interface ScopePickerProps {
  readonly value: readonly string[]
  readonly onChange: (names: string[]) => void
}

const ScopeLine = ({ scope, checked, onFlip }: { scope: Scope; checked: boolean; onFlip: () => void }) => (
  <div className={classes.scope}>
    <Checkbox
      checked={checked}
      onChange={onFlip}
      label={
        <>
          {scope.text}{' '}
          {scope.sensitive && (
            <Badge size="sm" color="yellow" c="var(--gl-waiting)">
              Sensitive
            </Badge>
          )}{' '}
          {scope.agencyOnly && (
            <Badge size="sm" color="gray" c="dimmed">
              Agency only
            </Badge>
          )}
        </>
      }
      description={<span style={{ fontFamily: 'var(--mantine-font-family-monospace)' }}>{scope.name}</span>}
    />
  </div>
)

interface GroupProps extends ScopePickerProps {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly open: boolean
  readonly onToggle: () => void
}

const ScopeGroup = ({ name, scopes, value, onChange, open, onToggle }: GroupProps) => {
  const names = scopes.map((scope) => scope.name)
  const chosen = names.filter((entry) => value.includes(entry)).length
  const flip = (entry: string) => onChange(value.includes(entry) ? value.filter((other) => other !== entry) : [...value, entry])
  const all = () =>
    onChange(chosen === names.length ? value.filter((entry) => !names.includes(entry)) : [...new Set([...value, ...names])])
  return (
    <div className={classes.scopeGroup}>
      <UnstyledButton className={classes.scopeHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={16} aria-hidden />
        <span style={{ flex: 1 }}>{name}</span>
        <Text span size="xs" c="dimmed">
          {chosen > 0 ? `${chosen} of ${names.length}` : names.length}
        </Text>
      </UnstyledButton>
      {open && (
        <div style={{ paddingBottom: 8 }}>
          {scopes.map((scope) => (
            <ScopeLine key={scope.name} scope={scope} checked={value.includes(scope.name)} onFlip={() => flip(scope.name)} />
          ))}
          <Button variant="subtle" size="compact-xs" ml={32} onClick={all}>
            {chosen === names.length ? `Clear ${name}` : `Choose all of ${name}`}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Advice while choosing: people read the list before they allow it. */
const Hint = ({ scopes, value }: { scopes: readonly Scope[]; value: readonly string[] }) => {
  const sensitive = scopes.filter((scope) => scope.sensitive && value.includes(scope.name)).length
  const words = value.length === 0 ? 'Nothing chosen: the app can call nothing yet.' : `${value.length} chosen.`
  return (
    <Text size="sm" c="dimmed" role="status">
      {words} Choose only what your app uses: people read this list before they allow it
      {sensitive > 0 && `, and ${sensitive === 1 ? '1 sensitive scope is' : `${sensitive} sensitive scopes are`} marked for them`}
      .
    </Text>
  )
}

const Picker = ({ scopes, value, onChange }: ScopePickerProps & { scopes: readonly Scope[] }) => {
  const [typed, setTyped] = useState('')
  const [chosenOnly, setChosenOnly] = useState(false)
  const [open, setOpen] = useState<readonly string[]>(['Contacts'])
  const words = typed.trim().toLowerCase()
  const searching = words !== '' || chosenOnly
  const shown = scopes.filter(
    (scope) =>
      (!chosenOnly || value.includes(scope.name)) && `${scope.name} ${scope.text} ${scope.group}`.toLowerCase().includes(words),
  )
  const toggle = (name: string) => setOpen(open.includes(name) ? open.filter((other) => other !== name) : [...open, name])
  return (
    <Stack gap="sm">
      <Hint scopes={scopes} value={value} />
      <Group gap="md">
        <TextInput
          flex={1}
          miw={200}
          aria-label="Search scopes"
          placeholder="Search scopes: contacts, invoices, …"
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <Switch label="Chosen only" checked={chosenOnly} onChange={(event) => setChosenOnly(event.currentTarget.checked)} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus */}
      <div className={classes.scopes} role="group" aria-label="Scopes" tabIndex={0}>
        {grouped(shown).map(([name, entries]) => (
          <ScopeGroup
            key={name}
            name={name}
            scopes={entries}
            value={value}
            onChange={onChange}
            open={searching || open.includes(name)}
            onToggle={() => toggle(name)}
          />
        ))}
        {shown.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            {chosenOnly ? 'No chosen scope matches.' : `No scope matches “${typed}”.`}
          </Text>
        )}
      </div>
    </Stack>
  )
}

/** The scope catalogue: grouped, searched, in plain words. */
export const ScopePicker = (props: ScopePickerProps) => {
  const catalogue = useAsk(apps.reference.scopes, {})
  return (
    <Loaded from={catalogue} what="The scope catalogue">
      {({ scopes }) => <Picker {...props} scopes={scopes} />}
    </Loaded>
  )
}

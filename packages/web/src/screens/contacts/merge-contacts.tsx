import { contacts } from '@groundlevel/contracts'
import { Modal, Radio, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Confirm } from '../../parts/confirm.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { When } from '../../parts/when.js'
import { sayDone } from '../developer/save-bar.js'
import { ContactChoice } from './contact-choice.js'
import classes from './merge.module.css'
import { type MergeLine, mergeLines } from './merge-rules.js'
import { type Contact, nameOf, useCustomFields, useLocationId } from './words.js'

interface SideProps {
  readonly line: MergeLine
  readonly side: 'kept' | 'merged'
}

const Cell = ({ line, side }: SideProps) => {
  const stays = line[side] !== '' && (line.from === side || line.from === 'both')
  return (
    <Table.Td className={classes.cell} data-stays={stays || undefined}>
      {stays && (
        <>
          <IconCheck size={14} aria-hidden className={classes.check} />
          <VisuallyHidden>Stays: </VisuallyHidden>
        </>
      )}
      {line[side] || <span aria-hidden>–</span>}
    </Table.Td>
  )
}

interface TableProps {
  readonly pair: readonly [Contact, Contact]
  readonly keptId: string
  readonly onKeep: (id: string) => void
}

const SideBySide = ({ pair, keptId, onKeep }: TableProps) => {
  const { fields } = useCustomFields()
  const [first, second] = pair
  const lines = keptId === first.id ? mergeLines(first, second, fields) : mergeLines(second, first, fields)
  const sideOf = (contact: Contact) => (contact.id === keptId ? 'kept' : 'merged')
  return (
    <Radio.Group value={keptId} onChange={onKeep} aria-label="Which contact stays">
      <Table layout="fixed" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td className={classes.label} />
            {pair.map((contact) => (
              <Table.Th key={contact.id} scope="col">
                <Radio size="xs" value={contact.id} label={`Keep ${nameOf(contact)}`} />
                <Text size="xs" c="dimmed" fw={400}>
                  added <When at={contact.dateAdded} />
                </Text>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.label}>
              <Table.Th scope="row" fw={400} className={classes.label}>
                {line.label}
              </Table.Th>
              {pair.map((contact) => (
                <Cell key={contact.id} line={line} side={sideOf(contact)} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Radio.Group>
  )
}

interface MergeProps {
  readonly onClose: () => void
  readonly onMerged: (keptId: string) => void
}

const Merge = ({ pair, onClose, onMerged }: MergeProps & { pair: readonly [Contact, Contact] }) => {
  const locationId = useLocationId()
  const [keptId, setKeptId] = useState(pair[0].id)
  const [kept, gone] = keptId === pair[0].id ? pair : [pair[1], pair[0]]
  const send = useSend(contacts.merge.merge, ({ contact }) => {
    sayDone(`${nameOf(contact)} is one contact now`)
    onMerged(contact.id)
  })
  return (
    <Confirm
      title="Merge two contacts"
      width={720}
      action="Merge them"
      cancel="Keep both"
      type={nameOf(gone)}
      busy={send.isPending}
      problem={send.error}
      onConfirm={() => send.mutate({ body: { locationId, contactId: kept.id, mergedId: gone.id } })}
      onClose={onClose}
    >
      <Stack gap="md">
        <SideBySide pair={pair} keptId={keptId} onKeep={setKeptId} />
        <span>
          What has a tick stays. Notes, tasks and everything else of the other one move to <b>{nameOf(kept)}</b> (
          <code>{kept.id}</code>), and <b>{nameOf(gone)}</b> (<code>{gone.id}</code>) is deleted. This cannot be undone.
        </span>
      </Stack>
    </Confirm>
  )
}

const Dialog = ({ onClose, children }: { onClose: () => void; children: React.ReactNode }) => (
  <Modal opened onClose={onClose} title="Merge two contacts" size={720}>
    {children}
  </Modal>
)

/** Two contacts side by side, and which of them stays. */
export const MergeContacts = ({ ids, ...rest }: MergeProps & { ids: readonly [string, string] }) => {
  const first = useAsk(contacts.contact.get, { contactId: ids[0] })
  const second = useAsk(contacts.contact.get, { contactId: ids[1] })
  if (first.data && second.data) return <Merge pair={[first.data.contact, second.data.contact]} {...rest} />
  return (
    <Dialog onClose={rest.onClose}>
      <Loaded from={first.isError ? first : second} what="The contact" waiting={<Waiting lines={6} />}>
        {() => <Waiting lines={6} />}
      </Loaded>
    </Dialog>
  )
}

/** First the other contact is chosen, then both are seen side by side. */
export const MergeWithAnother = ({ contact, onClose, onMerged }: MergeProps & { contact: Contact }) => {
  const [other, setOther] = useState('')
  if (other !== '') return <MergeContacts ids={[contact.id, other]} onClose={onClose} onMerged={onMerged} />
  return (
    <Dialog onClose={onClose}>
      <Stack gap="md" mih={320}>
        <Text size="sm">Which contact is the same person as {nameOf(contact)}?</Text>
        <ContactChoice label="The other contact" value={other} onChange={setOther} without={contact.id} />
      </Stack>
    </Dialog>
  )
}

import { contacts } from '@groundlevel/contracts'
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useAsk } from '../../api.js'
import { nameOf } from './contact-name.js'
import { type Hit, useLocationId } from './words.js'

interface ContactChoiceProps {
  readonly label: string
  readonly value: string
  readonly onChange: (id: string) => void
  /** Not offered: the contact that asks. */
  readonly without?: string
  /** The name of the value while no search has found it. */
  readonly known?: string | undefined
  readonly placeholder?: string
  readonly error?: string | undefined
  readonly required?: boolean
}

/** Two of one name are told apart by how they are reached. */
const labelOf = (row: Hit) => [...new Set([nameOf(row), row.email ?? row.phone ?? ''])].filter(Boolean).join(' · ')

/** Finds one contact of the sub-account by what is typed. */
export const ContactChoice = ({ label, value, onChange, without, known, ...more }: ContactChoiceProps) => {
  const locationId = useLocationId()
  const [typed, setTyped] = useState('')
  const [query] = useDebouncedValue(typed.split(' · ')[0]?.trim() ?? '', 250)
  const found = useAsk(
    contacts.search.advanced,
    { body: { locationId, pageLimit: 20, ...(query ? { query: query.slice(0, 75) } : {}) } },
    { keep: true },
  )
  const rows = (found.data?.contacts ?? []).filter(({ id }) => id !== without)
  const data = rows.map((row) => ({ value: row.id ?? '', label: labelOf(row) }))
  const missing = value !== '' && known !== undefined && !data.some((row) => row.value === value)
  return (
    <Select
      label={label}
      placeholder="Choose a contact"
      data={missing ? [...data, { value, label: known }] : data}
      filter={({ options }) => options}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label}` }}
      onSearchChange={setTyped}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      nothingFoundMessage="No contact matches"
      {...more}
    />
  )
}

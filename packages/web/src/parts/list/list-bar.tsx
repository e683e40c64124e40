import { Button, Group, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconDownload, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Failure } from '../failure.js'
import type { ListAddress } from './address.js'
import type { ShownColumns } from './columns.js'
import { ColumnsMenu } from './columns-menu.js'
import type { Exporting } from './csv.js'
import classes from './list.module.css'
import { searchFieldId } from './list-keys.js'

/** Writes to the address after a pause in typing. */
const Search = ({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) => {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const later = useDebouncedCallback(onChange, 250)
  return (
    <TextInput
      id={searchFieldId}
      type="search"
      aria-label={`Search ${label}`}
      placeholder={`Search ${label}`}
      leftSection={<IconSearch size={16} />}
      className={classes.search}
      maxLength={75}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        later(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  )
}

interface ListBarProps<R> {
  /** Plural, as it stands in a sentence: "contacts". */
  readonly label: string
  readonly address: ListAddress
  readonly columns?: ShownColumns<R> | undefined
  readonly exporting?: Exporting | undefined
  /** Filters, saved views: between the search and the columns. */
  readonly children?: ReactNode
  /** Below: chips of what is filtered. */
  readonly chips?: ReactNode
  /** `countOf(…)`; read out when it changes. */
  readonly count?: string | undefined
}

/** Above a list: search, filters, columns, export, and how many there are. */
export const ListBar = <R,>({ label, address, columns, exporting, children, chips, count }: ListBarProps<R>) => (
  <div className={classes.bar}>
    <Group gap="xs">
      <Search label={label} value={address.query} onChange={address.setQuery} />
      {children}
      {columns && <ColumnsMenu columns={columns} />}
      {exporting && (
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={exporting.start}>
          {exporting.done === undefined ? 'Export' : `Exporting, ${exporting.done} rows`}
        </Button>
      )}
    </Group>
    {exporting?.problem && <Failure what="The file could not be written" problem={exporting.problem} retry={exporting.start} />}
    {(chips || count !== undefined) && (
      <Group gap="xs" mih={24}>
        {chips}
        <Text size="sm" c="dimmed" role="status">
          {count}
        </Text>
      </Group>
    )}
  </div>
)

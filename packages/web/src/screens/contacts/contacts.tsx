import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import { Empty } from '../../parts/empty.js'
import { useListAddress } from '../../parts/list/address.js'
import { BulkBar } from '../../parts/list/bulk-bar.js'
import { useColumns } from '../../parts/list/columns.js'
import { countOf, exactUpTo } from '../../parts/list/count.js'
import { useCsvExport } from '../../parts/list/csv.js'
import { DataTable } from '../../parts/list/data-table.js'
import { ListBar } from '../../parts/list/list-bar.js'
import { useSelection } from '../../parts/list/selection.js'
import { Card, Page } from '../../parts/page.js'
import { BulkActs } from './bulk-acts.js'
import { contactColumns } from './columns.js'
import { CreateContact } from './create-contact.js'
import { ConditionChips, FilterBuilder } from './filter-builder.js'
import { contactFields, filterOf } from './filter-nodes.js'
import { SavedViews } from './saved-views.js'
import { everyPage, useContacts, useQuestion, useTagNames } from './use-contacts.js'
import { nameOf, useCustomFields, useLocationId, useUsers } from './words.js'

const useFields = () => {
  const { fields: custom } = useCustomFields()
  const { nameOfUser } = useUsers()
  const base = `/portal/sub-account/${useLocationId()}/contacts`
  const columns = useMemo(() => contactColumns({ base, nameOfUser, custom }), [base, nameOfUser, custom])
  const filters = useMemo(() => [...contactFields, ...custom.flatMap((each) => filterOf(each) ?? [])], [custom])
  return { base, columns, filters }
}

const Nothing = ({ filtered, onClear, create }: { filtered: boolean; onClear: () => void; create: React.ReactNode }) =>
  filtered ? (
    <Empty
      title="No contact matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear search and filters
        </Button>
      }
    >
      Take a filter away, or search for less.
    </Empty>
  ) : (
    <Empty title="No contact yet" action={create}>
      Create the first one, import a CSV file, or let an app with the scope contacts.write do it.
    </Empty>
  )

/** The contacts of a sub-account. */
export const Contacts = () => {
  const { base, columns: all, filters } = useFields()
  const address = useListAddress()
  const columns = useColumns('contacts', all)
  const { question, conditions, any, setConditions } = useQuestion(address)
  const pages = useContacts(question)
  const selection = useSelection(pages.rows.map((row) => row.id ?? ''))
  const exporting = useCsvExport('contacts', columns.shown, () => everyPage(question))
  const tags = useTagNames()
  const navigate = useNavigate()
  const [creating, { open, close }] = useDisclosure(false)
  const filtered = question.query !== '' || conditions.length > 0
  const create = (
    <Group gap="xs">
      <Button component={Link} to="import" variant="default" leftSection={<IconUpload size={16} />}>
        Import
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={open}>
        Create contact
      </Button>
    </Group>
  )
  const counted = { counted: !filtered || (pages.total ?? 0) <= exactUpTo }
  return (
    <Page title="Contacts" width={1400} actions={create}>
      <ListBar
        label="contacts"
        address={address}
        columns={columns}
        exporting={exporting}
        count={pages.total === undefined ? undefined : countOf(pages.total, 'contact', counted)}
        chips={<ConditionChips conditions={conditions} any={any} fields={filters} onChange={setConditions} />}
      >
        <SavedViews address={address} question={question} columns={columns.ids} onColumns={columns.show} />
        <FilterBuilder fields={filters} tags={tags} onAdd={(condition) => setConditions([...conditions, condition], any)} />
      </ListBar>
      <BulkBar selection={selection} noun="contact">
        <BulkActs selection={selection} />
      </BulkBar>
      <Card flush>
        <DataTable
          label="Contacts"
          what="The contacts"
          pages={pages}
          columns={columns.shown}
          idOf={(row) => row.id ?? ''}
          nameOf={nameOf}
          sort={{ by: question.sort.field, direction: question.sort.direction }}
          onSort={address.setSort}
          onOpen={(row) => void navigate(`${base}/${row.id}`)}
          selection={selection}
          empty={<Nothing filtered={filtered} create={create} onClear={() => address.set({ q: '', f: '', any: '', view: '' })} />}
        />
      </Card>
      {creating && <CreateContact onClose={close} />}
    </Page>
  )
}

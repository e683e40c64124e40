import { locations, users } from '@groundlevel/contracts'
import { Badge } from '@mantine/core'
import { useParams } from 'react-router'
import { call, keyOf, useAsk, useSend } from '../../api.js'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { onePage, type Pages, usePages } from '../../parts/list/pages.js'
import { Collection } from '../settings/collection.js'
import { Removal } from '../settings/removal.js'
import { UserForm, type UsersPlace } from './user-form.js'
import { kindNames, kindOf, type User } from './words.js'

const kindText = (user: User) => kindNames[kindOf(user)]

const columns: readonly Column<User>[] = [
  {
    id: 'name',
    label: 'Name',
    names: true,
    sort: 'name',
    widthPx: 200,
    cell: ({ name }) => name,
    text: ({ name }) => name ?? '',
  },
  { id: 'email', label: 'E-mail', sort: 'email', widthPx: 240, cell: ({ email }) => email, text: ({ email }) => email ?? '' },
  {
    id: 'kind',
    label: 'Role',
    sort: 'kind',
    widthPx: 160,
    cell: (user) => (
      <Badge color="gray" c="dimmed">
        {kindText(user)}
      </Badge>
    ),
    text: kindText,
  },
  { id: 'phone', label: 'Phone', widthPx: 150, cell: ({ phone }) => phone, text: ({ phone }) => phone ?? '' },
  {
    id: 'id',
    label: 'User ID',
    widthPx: 240,
    cell: ({ id }) => <Id value={id ?? ''} what="user id" />,
    text: ({ id }) => id ?? '',
  },
]

const RemoveUser = ({ row, onClose }: { row: User; onClose: () => void }) => {
  const send = useSend(users.user.remove)
  const name = row.name ?? ''
  return (
    <Removal name={name} type={name} send={send} input={{ userId: row.id ?? '' }} onClose={onClose}>
      They are signed out at once and cannot sign in again. Contacts that are assigned to them keep their owner’s id until they
      get another one. This cannot be undone.
    </Removal>
  )
}

const UserList = ({ place, pages }: { place: UsersPlace; pages: Pages<User> }) => (
  <Collection
    name={place.locationId ? 'users' : 'agency-users'}
    title="Users"
    about={
      place.locationId
        ? 'People who work in this sub-account. Each signs in with an e-mail and a password.'
        : 'People of the agency and of all its sub-accounts.'
    }
    noun="user"
    pages={pages}
    columns={columns}
    idOf={({ id }) => id ?? ''}
    nameOf={({ name }) => name ?? ''}
    words={(row) => [row.name, row.email, row.phone, row.id, kindText(row)].join(' ')}
    first="Create the first one: they can sign in right away."
    form={place.companyId ? (row, close) => <UserForm row={row} place={place} onClose={close} /> : undefined}
    removal={(row, close) => <RemoveUser row={row} onClose={close} />}
  />
)

/** Users of one sub-account. */
export const LocationUsers = () => {
  const { locationId = '' } = useParams()
  const companyId = useAsk(locations.location.get, { locationId }).data?.location.companyId ?? ''
  const found = useAsk(users.user.list, { query: { locationId } })
  return <UserList place={{ companyId, locationId }} pages={onePage({ ...found, data: found.data?.users })} />
}

const step = 100
const most = 10_000

/** Users of an agency and of its sub-accounts. All of them are read: the search and the order are made here. */
export const AgencyUsers = () => {
  const { companyId = '' } = useParams()
  const query = { companyId, limit: step, sort: 'name' as const }
  const pages = usePages<User, never>(keyOf(users.user.search, { query }), async (_, signal) => {
    const rows: User[] = []
    for (let count = 1; rows.length < Math.min(count, most); ) {
      const page = await call(users.user.search, { query: { ...query, skip: rows.length } }, signal)
      if (page.users.length === 0) break
      rows.push(...page.users)
      count = page.count
    }
    return { rows, next: undefined }
  })
  return <UserList place={{ companyId }} pages={pages} />
}

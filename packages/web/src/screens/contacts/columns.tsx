import { Anchor, Badge, Group } from '@mantine/core'
import { Link } from 'react-router'
import { Id } from '../../parts/identifier.js'
import type { Column } from '../../parts/list/columns.js'
import { When } from '../../parts/when.js'
import { type CustomField, type Hit, nameOf, textOf, valueOfField } from './words.js'

interface Known {
  readonly base: string
  readonly nameOfUser: (id: string) => string
  readonly custom: readonly CustomField[]
}

const plain = (id: keyof Hit & string, label: string, more: Partial<Column<Hit>> = {}): Column<Hit> => ({
  id,
  label,
  cell: (row) => textOf(row[id]),
  text: (row) => textOf(row[id]),
  ...more,
})

const when = (id: 'dateAdded' | 'dateUpdated', label: string, more: Partial<Column<Hit>> = {}): Column<Hit> => ({
  id,
  label,
  sort: id,
  widthPx: 130,
  cell: (row) => (row[id] ? <When at={row[id]} /> : null),
  text: (row) => row[id] ?? '',
  ...more,
})

export const TagList = ({ tags }: { tags: readonly string[] }) => (
  <Group gap={4} wrap="nowrap">
    {tags.map((tag) => (
      <Badge key={tag} size="sm" color="gray" c="var(--mantine-color-text)" style={{ flex: 'none' }}>
        {tag}
      </Badge>
    ))}
  </Group>
)

/** Columns of the contacts table; custom fields follow, hidden until they are chosen. */
export const contactColumns = ({ base, nameOfUser, custom }: Known): readonly Column<Hit>[] => [
  {
    id: 'name',
    label: 'Name',
    names: true,
    sort: 'firstNameLowerCase',
    widthPx: 200,
    cell: (row) => (
      <Anchor component={Link} to={`${base}/${row.id}`} size="sm" fw={500}>
        {nameOf(row)}
      </Anchor>
    ),
    text: nameOf,
  },
  plain('email', 'E-mail', { sort: 'email', widthPx: 230 }),
  plain('phone', 'Phone', { widthPx: 140 }),
  {
    id: 'tags',
    label: 'Tags',
    widthPx: 220,
    cell: (row) => <TagList tags={row.tags ?? []} />,
    text: (row) => (row.tags ?? []).join(', '),
  },
  plain('companyName', 'Company'),
  {
    id: 'assignedTo',
    label: 'Assigned to',
    widthPx: 150,
    cell: (row) => (row.assignedTo ? nameOfUser(row.assignedTo) : null),
    text: (row) => (row.assignedTo ? nameOfUser(row.assignedTo) : ''),
  },
  when('dateAdded', 'Added'),
  when('dateUpdated', 'Changed', { optional: true }),
  plain('firstName', 'First name', { optional: true, sort: 'firstNameLowerCase' }),
  plain('lastName', 'Last name', { optional: true, sort: 'lastNameLowerCase' }),
  plain('businessName', 'Business', { optional: true, sort: 'businessName' }),
  plain('type', 'Type', { optional: true, widthPx: 110 }),
  plain('source', 'Source', { optional: true, sort: 'source' }),
  plain('address', 'Address', { optional: true }),
  plain('city', 'City', { optional: true, widthPx: 140 }),
  plain('state', 'State', { optional: true, widthPx: 110 }),
  plain('postalCode', 'Postal code', { optional: true, widthPx: 110 }),
  plain('country', 'Country', { optional: true, widthPx: 100 }),
  plain('timezone', 'Time zone', { optional: true }),
  plain('website', 'Website', { optional: true }),
  plain('dateOfBirth', 'Date of birth', { optional: true, widthPx: 130 }),
  {
    id: 'dnd',
    label: 'Do not disturb',
    optional: true,
    sort: 'dnd',
    widthPx: 130,
    cell: (row) => (row.dnd ? 'Yes' : 'No'),
    text: (row) => (row.dnd ? 'yes' : 'no'),
  },
  {
    id: 'id',
    label: 'Contact ID',
    optional: true,
    widthPx: 210,
    cell: (row) => <Id value={row.id ?? ''} what="contact id" />,
    text: (row) => row.id ?? '',
  },
  ...custom.map(
    (field): Column<Hit> => ({
      id: `customFields.${field.id}`,
      label: field.name,
      optional: true,
      cell: (row) => textOf(valueOfField(row, field.id)),
      text: (row) => textOf(valueOfField(row, field.id)),
    }),
  ),
]

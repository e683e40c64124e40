import { Anchor, Select, TextInput } from '@mantine/core'
import { Card } from '../../parts/page.js'
import { CustomValue } from './custom-value.js'
import { InlineField } from './inline-field.js'
import { type Change, useChange } from './use-contact.js'
import { type Contact, type CustomField, useCustomFields, useUsers, valueOfField } from './words.js'

type TextName = Exclude<
  {
    [K in keyof Change & keyof Contact]: Contact[K] extends string | undefined ? K : never
  }[keyof Change & keyof Contact],
  'assignedTo' | undefined
>

interface TextField {
  readonly name: TextName
  readonly label: string
  readonly type?: 'email' | 'tel' | 'url' | 'date'
}

const person: readonly TextField[] = [
  { name: 'firstName', label: 'First name' },
  { name: 'lastName', label: 'Last name' },
  { name: 'email', label: 'E-mail', type: 'email' },
  { name: 'phone', label: 'Phone', type: 'tel' },
  { name: 'companyName', label: 'Company' },
  { name: 'website', label: 'Website', type: 'url' },
  { name: 'source', label: 'Source' },
]

const place: readonly TextField[] = [
  { name: 'address1', label: 'Street' },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State' },
  { name: 'postalCode', label: 'Postal code' },
  { name: 'country', label: 'Country' },
  { name: 'timezone', label: 'Time zone' },
]

const isWeb = (text: string) => /^https?:\/\//i.test(text)

/** An address that leads outside is a link; a `javascript:` one stays text. */
const Shown = ({ field, text }: { field: TextField; text: string }) =>
  field.name === 'website' && isWeb(text) ? (
    <Anchor href={text} target="_blank" rel="noreferrer noopener" size="sm" onClick={(event) => event.stopPropagation()}>
      {text}
    </Anchor>
  ) : (
    text
  )

const OneText = ({ contact, field }: { contact: Contact; field: TextField }) => {
  const change = useChange(contact.id)
  const text = contact[field.name] ?? ''
  return (
    <InlineField
      label={field.label}
      value={text}
      shown={text && (field.name === 'website' ? <Shown field={field} text={text} /> : text)}
      editor={({ value, onChange, ...rest }) => (
        <TextInput
          size="xs"
          autoFocus
          type={field.type === 'url' ? 'text' : (field.type ?? 'text')}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          {...rest}
        />
      )}
      save={(value) => change({ [field.name]: value.trim() === '' ? null : value.trim() })}
    />
  )
}

const Assigned = ({ contact }: { contact: Contact }) => {
  const change = useChange(contact.id)
  const { users, nameOfUser } = useUsers()
  return (
    <InlineField
      label="Assigned to"
      value={contact.assignedTo ?? null}
      shown={contact.assignedTo ? nameOfUser(contact.assignedTo) : ''}
      editor={({ value, onChange, ...rest }) => (
        <Select
          size="xs"
          autoFocus
          data={users.map((user) => ({ value: user.id ?? '', label: user.name ?? '' }))}
          value={value}
          onChange={onChange}
          clearable
          searchable
          {...rest}
        />
      )}
      save={(assignedTo) => change({ assignedTo })}
    />
  )
}

const CustomFields = ({ contact, fields }: { contact: Contact; fields: readonly CustomField[] }) => {
  const change = useChange(contact.id)
  return fields.map((field) => (
    <CustomValue
      key={field.id}
      field={field}
      value={valueOfField(contact, field.id)}
      save={(value) => change({ customFields: [{ id: field.id, field_value: value }] })}
    />
  ))
}

/** What a contact is made of, in groups; every value is changed where it stands. */
export const ContactFields = ({ contact }: { contact: Contact }) => {
  const { fields } = useCustomFields()
  return (
    <>
      <Card title="Contact">
        {person.map((field) => (
          <OneText key={field.name} contact={contact} field={field} />
        ))}
        <Assigned contact={contact} />
        <OneText contact={contact} field={{ name: 'dateOfBirth', label: 'Date of birth', type: 'date' }} />
      </Card>
      <Card title="Address">
        {place.map((field) => (
          <OneText key={field.name} contact={contact} field={field} />
        ))}
      </Card>
      {fields.length > 0 && (
        <Card title="Custom fields">
          <CustomFields contact={contact} fields={fields} />
        </Card>
      )}
    </>
  )
}

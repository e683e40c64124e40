import { Anchor, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { fileNameIn } from '../../parts/file-name.js'
import { InlineField } from './inline-field.js'
import { type CustomField, textOf } from './words.js'

interface CustomValueProps {
  readonly field: CustomField
  readonly value: unknown
  readonly save: (value: unknown) => Promise<unknown>
}

interface EditorProps {
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly 'aria-label': string
  readonly error: ReactNode
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : value ? [String(value)] : [])

const Boxes = ({ field, value, onChange, ...rest }: EditorProps & { field: CustomField }) => {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return (
    <Stack gap={6}>
      {(field.textBoxListOptions ?? []).map(({ id, label }, index) => (
        <TextInput
          key={id}
          size="xs"
          label={label}
          autoFocus={index === 0}
          value={textOf(kept[id])}
          onChange={(event) => onChange({ ...kept, [id]: event.currentTarget.value })}
          error={index === 0 ? rest.error : undefined}
        />
      ))}
    </Stack>
  )
}

/** How a value of this type is entered. */
const Editor = ({ field, value, onChange, ...rest }: EditorProps & { field: CustomField }) => {
  const common = { size: 'xs', autoFocus: true, ...rest } as const
  const data = field.picklistOptions ?? []
  switch (field.dataType) {
    case 'LARGE_TEXT':
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          value={textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'NUMERICAL':
    case 'MONETORY':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' || typeof value === 'string' ? value : ''}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      )
    case 'CHECKBOX':
    case 'MULTIPLE_OPTIONS':
      return <MultiSelect {...common} data={data} value={texts(value)} onChange={onChange} searchable clearable />
    case 'SINGLE_OPTIONS':
    case 'RADIO':
      return <Select {...common} data={data} value={textOf(value) || null} onChange={onChange} searchable clearable />
    case 'TEXTBOX_LIST':
      return <Boxes field={field} value={value} onChange={onChange} {...rest} />
    default:
      return (
        <TextInput
          {...common}
          type={field.dataType === 'DATE' ? 'date' : field.dataType === 'EMAIL' ? 'email' : 'text'}
          placeholder={field.placeholder || undefined}
          value={field.dataType === 'DATE' ? textOf(value).slice(0, 10) : textOf(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const shownOf = (field: CustomField, value: unknown): string => {
  if (field.dataType === 'MONETORY' && typeof value === 'number') return money.format(value)
  if (field.dataType === 'DATE') return textOf(value).slice(0, 10)
  if (field.dataType !== 'TEXTBOX_LIST' || typeof value !== 'object' || value === null) return textOf(value)
  const labels = new Map((field.textBoxListOptions ?? []).map(({ id, label }) => [id, label]))
  return Object.entries(value)
    .filter(([, each]) => textOf(each) !== '')
    .map(([id, each]) => `${labels.get(id) ?? id}: ${textOf(each)}`)
    .join(', ')
}

const fileAddresses = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((each) => {
    const url = typeof each === 'string' ? each : (each as { url?: unknown } | null)?.url
    return typeof url === 'string' ? [url] : []
  })
}

const safe = (url: string) => /^(https?:\/\/|\/)/i.test(url)

const Files = ({ value }: { value: unknown }) => (
  <span>
    {fileAddresses(value)
      .filter(safe)
      .map((url) => (
        <Anchor key={url} href={url} size="sm" mr={8} rel="noreferrer noopener">
          {fileNameIn(url)}
        </Anchor>
      ))}
  </span>
)

const emptied = (value: unknown) => (value === '' || (Array.isArray(value) && value.length === 0) ? null : value)

/** One custom field of a contact, by its type. Files are shown here and put there by forms and by the API. */
export const CustomValue = ({ field, value, save }: CustomValueProps) => (
  <InlineField<unknown>
    label={field.name}
    value={value ?? ''}
    shown={field.dataType === 'FILE_UPLOAD' ? value ? <Files value={value} /> : '' : shownOf(field, value)}
    readOnly={field.dataType === 'FILE_UPLOAD'}
    editor={(props) => <Editor field={field} {...props} />}
    save={(next) => save(emptied(next))}
  />
)

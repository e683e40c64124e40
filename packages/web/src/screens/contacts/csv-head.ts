/** The divider that the first line holds most often, as the server decides it. */
const dividerOf = (text: string): string => {
  const line = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, '')
  const count = (divider: string) => line.split(divider).length
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best))
}

interface Reading {
  readonly rows: string[][]
  row: string[]
  cell: string
  quoted: boolean
}

const endCell = (reading: Reading) => {
  reading.row.push(reading.cell.trim())
  reading.cell = ''
}

const endRow = (reading: Reading) => {
  endCell(reading)
  if (reading.row.some((cell) => cell !== '')) reading.rows.push(reading.row)
  reading.row = []
}

/** Takes one letter, or a doubled quote, and says how many letters that was. */
const take = (reading: Reading, letter: string, next: string, divider: string): number => {
  if (reading.quoted && letter === '"' && next === '"') {
    reading.cell += '"'
    return 2
  }
  if (letter === '"' && (reading.quoted || reading.cell.trim() === '')) reading.quoted = !reading.quoted
  else if (reading.quoted) reading.cell += letter
  else if (letter === divider) endCell(reading)
  else if (letter === '\n') endRow(reading)
  else if (letter !== '\r') reading.cell += letter
  return 1
}

/** The first records of a CSV file: quoted cells, doubled quotes, line breaks inside quotes. */
export const firstRecords = (text: string, most: number): readonly (readonly string[])[] => {
  const body = text.replace(/^\uFEFF/, '')
  const divider = dividerOf(body)
  const reading: Reading = { rows: [], row: [], cell: '', quoted: false }
  for (let at = 0; at < body.length && reading.rows.length < most; )
    at += take(reading, body[at] as string, body[at + 1] ?? '', divider)
  if (reading.rows.length < most && (reading.cell !== '' || reading.row.length > 0)) endRow(reading)
  return reading.rows
}

/** A field that a column can go to. */
export interface Target {
  readonly id: string
  readonly label: string
}

export const contactTargets: readonly Target[] = [
  { id: 'firstName', label: 'First name' },
  { id: 'lastName', label: 'Last name' },
  { id: 'name', label: 'Full name' },
  { id: 'email', label: 'E-mail' },
  { id: 'phone', label: 'Phone' },
  { id: 'companyName', label: 'Company' },
  { id: 'tags', label: 'Tags' },
  { id: 'source', label: 'Source' },
  { id: 'type', label: 'Type' },
  { id: 'address1', label: 'Street' },
  { id: 'city', label: 'City' },
  { id: 'state', label: 'State' },
  { id: 'postalCode', label: 'Postal code' },
  { id: 'country', label: 'Country' },
  { id: 'website', label: 'Website' },
  { id: 'timezone', label: 'Time zone' },
  { id: 'dateOfBirth', label: 'Date of birth' },
  { id: 'gender', label: 'Gender' },
  { id: 'assignedTo', label: 'Assigned to (user ID)' },
  { id: 'dnd', label: 'Do not disturb' },
  { id: 'id', label: 'Contact ID' },
]

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const others: Readonly<Record<string, string>> = {
  mail: 'email',
  emailaddress: 'email',
  phonenumber: 'phone',
  mobile: 'phone',
  company: 'companyName',
  organization: 'companyName',
  street: 'address1',
  address: 'address1',
  zip: 'postalCode',
  zipcode: 'postalCode',
  birthday: 'dateOfBirth',
  fullname: 'name',
  contactname: 'name',
  tag: 'tags',
}

/** Where each column probably goes: by the names of fields and a few others that files use; '' is nowhere. Each field once. */
export const guessMapping = (columns: readonly string[], targets: readonly Target[]): Readonly<Record<string, string>> => {
  const used = new Set<string>()
  const entries = columns.map((column) => {
    const name = plain(column)
    const found = targets.find(({ id, label }) => plain(id) === name || plain(label) === name)?.id ?? others[name] ?? ''
    if (found === '' || used.has(found)) return [column, ''] as const
    used.add(found)
    return [column, found] as const
  })
  return Object.fromEntries(entries)
}

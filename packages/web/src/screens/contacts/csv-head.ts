/** The first record of a CSV file: quoted cells, doubled quotes, line breaks inside quotes. */
export const firstRecord = (text: string): readonly string[] => {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  const body = text.replace(/^\uFEFF/, '')
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] as string
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (body[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
      continue
    }
    if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === ',' || letter === ';' || letter === '\t') {
      cells.push(cell.trim())
      cell = ''
    } else if (letter === '\n') break
    else if (letter !== '\r') cell += letter
  }
  cells.push(cell.trim())
  return cells.filter((name) => name !== '')
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
  { id: 'address1', label: 'Street' },
  { id: 'city', label: 'City' },
  { id: 'state', label: 'State' },
  { id: 'postalCode', label: 'Postal code' },
  { id: 'country', label: 'Country' },
  { id: 'website', label: 'Website' },
  { id: 'timezone', label: 'Time zone' },
  { id: 'dateOfBirth', label: 'Date of birth' },
  { id: 'gender', label: 'Gender' },
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

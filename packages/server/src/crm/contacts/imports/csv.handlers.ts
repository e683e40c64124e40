import { found, problem, unprocessable } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import type { Db } from '../../../database/wire.js'
import { authorOf } from '../../../http/author.js'
import { Download } from '../../../http/download.js'
import { implement } from '../../../http/implement.js'
import { tidyTags } from '../contacts.rules.js'
import type { ValueField } from '../custom-fields.rules.js'
import type { ContactPorts } from '../ports.js'
import type { Mapping } from './columns.rules.js'
import { toLine } from './csv.js'
import { type ExportRow, exportColumns, exportPage } from './export.sql.js'
import type { Importer } from './imports.jobs.js'
import { importsOf } from './imports.sql.js'

const pageRows = 1000
const csvType = 'text/csv; charset=utf-8'

const mappingIn = (text: string | undefined): Mapping => {
  if (!text) return {}
  try {
    const mapping = JSON.parse(text) as unknown
    const isPlain = typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping)
    if (isPlain && Object.values(mapping).every((each) => typeof each === 'string')) return mapping as Mapping
  } catch {
    // Said below, as for everything else that is no object of texts.
  }
  throw unprocessable(['mapping must be a JSON object of column to field, both text'])
}

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.join(';')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const lineOf = (row: ExportRow, fields: readonly ValueField[]) => {
  const values = new Map(row.customFields.map(({ id, value }) => [id, value]))
  const own = exportColumns.map((column) => cellOf((row as Record<string, unknown>)[column]))
  return toLine([...own, ...fields.map(({ id }) => cellOf(values.get(id)))])
}

const exportLines = async function* (db: Db, locationId: string, fields: readonly ValueField[]) {
  // Spreadsheets take a file without this mark for the letters of their own country.
  yield `\ufeff${toLine([...exportColumns, ...fields.map(({ fieldKey }) => fieldKey)])}`
  for (let last: ExportRow | undefined; ; ) {
    const rows: ExportRow[] = await exportPage(db, locationId, last, pageRows)
    if (rows.length > 0) yield rows.map((row) => lineOf(row, fields)).join('')
    last = rows.at(-1)
    if (rows.length < pageRows) return
  }
}

export const csvHandlers = ({ fields }: Pick<ContactPorts, 'fields'>, { wake }: Pick<Importer, 'wake'>) =>
  implement(
    contract.csv,
    ({ pool, locationId }) => ({ imports: importsOf(pool, locationId) }),
    {
      import: async ({ body }, { imports, files, newId, now, principal, companyId, traceId }) => {
        const [file] = files
        if (!file) throw problem(400, 'The request has no file: send it as a part of the form.')
        const id = newId()
        const { onDuplicate, dryRun } = body
        const tags = tidyTags((body.tags ?? '').split(','))
        const order = { id, fileName: file.name, mapping: mappingIn(body.mapping), onDuplicate, dryRun, tags, companyId, traceId }
        await imports.add({ ...order, author: authorOf(principal, now), dateAdded: now })
        let seq = 0
        for await (const chunk of file.open()) await imports.addChunk(id, seq++, chunk as Buffer)
        const received = found(await imports.received(id, file.size, now), 'Import')
        wake()
        return { import: received }
      },

      export: async (_given, { pool, locationId }) =>
        new Download('contacts.csv', csvType, exportLines(pool, locationId, await fields.definitions(pool, locationId))),
    },
    { ownTransaction: ['import'] },
  )

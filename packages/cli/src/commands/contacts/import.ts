import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ContactsPlace, contactsPlace, type PlaceOptions } from '../../contacts-place.js'
import { Failure } from '../../failure.js'
import { mapIn } from '../../import-map.js'
import { type Io, printJson, waited } from '../../io.js'
import { saveFile, transferMs } from '../../save-file.js'

export interface ImportOptions extends PlaceOptions {
  readonly map?: string
  readonly dryRun?: boolean
  readonly onDuplicate?: 'skip' | 'update' | 'create'
  readonly tags?: string
  readonly json?: boolean
}

type Import = Awaited<ReturnType<ContactsPlace['client']['contacts']['imports']['get']>>['import']

const pollMs = 500

const fileAt = async (path: string): Promise<File> => {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Failure(`There is no file ${path} to import.`, 2)
  return new File([await openAsBlob(path)], basename(path), { type: 'text/csv' })
}

const upload = async (place: ContactsPlace, file: File, options: ImportOptions, io: Io): Promise<Import> => {
  const { onDuplicate, tags } = options
  const mapping = mapIn(options.map)
  const body = {
    dryRun: options.dryRun ?? false,
    ...(mapping === undefined ? {} : { mapping }),
    ...(onDuplicate ? { onDuplicate } : {}),
    ...(tags ? { tags } : {}),
  }
  const given = { query: { locationId: place.locationId }, body, files: { file } }
  try {
    return (await place.client.contacts.csv.import(given, { signal: io.signal, timeoutMs: transferMs })).import
  } catch (error) {
    if (!io.signal.aborted) throw error
    throw new Failure(`Stopped before the server had confirmed that it has ${file.name}.`, 1, { cause: error })
  }
}

const isOver = ({ status }: Import) => status === 'done' || status === 'failed' || status === 'cancelled'

// The server reads as it goes: until the end it knows how many bytes there are, not how many rows.
const progressOf = ({ rowsRead, bytes, bytesRead }: Import) =>
  bytesRead > 0
    ? `${rowsRead} of about ${Math.round((rowsRead * bytes) / Math.min(bytesRead, bytes))} rows`
    : 'waiting for its turn'

const latest = async (place: ContactsPlace, importId: string): Promise<Import> => {
  try {
    return (await place.client.contacts.imports.get({ importId, query: { locationId: place.locationId } })).import
  } catch (cause) {
    throw new Failure(`Cannot see how far import ${importId} is, which goes on at the server: ${(cause as Error).message}`, 1, {
      cause,
    })
  }
}

/** Says how far it is until it is over. */
const watch = async (place: ContactsPlace, begun: Import, io: Io): Promise<Import> => {
  let seen = begun
  for (let said = ''; !isOver(seen); ) {
    const line = progressOf(seen)
    if (line !== said) io.err(line)
    said = line
    if (!(await waited(pollMs, io.signal)))
      throw new Failure(`Stopped looking after ${seen.rowsRead} rows; import ${seen.id} goes on at the server.`)
    seen = await latest(place, seen.id)
  }
  if (seen.status === 'done') io.err(`${seen.rowsRead} of ${seen.rowsRead} rows`)
  return seen
}

const saveErrors = async (place: ContactsPlace, { id: importId }: Import, path: string) => {
  const given = { importId, query: { locationId: place.locationId } }
  await saveFile(path, await place.download((client) => client.contacts.imports.errors(given, { timeoutMs: transferMs })))
}

const sentenceOf = (ended: Import, errorFile: string | undefined): string => {
  const { status, dryRun, rowsRead, created, updated, skipped, refused, error } = ended
  const begin = {
    failed: `The import failed (${error ?? 'the server gives no reason'}): `,
    cancelled: 'The import was cancelled, what it had written stays: ',
  }[status as string]
  const how = begin ?? (dryRun ? 'Tried only, nothing is written: ' : '')
  const where = errorFile === undefined ? '' : `, see ${errorFile}`
  return `${how}${rowsRead} rows, ${created} created, ${updated} updated, ${skipped} skipped, ${refused} refused${where}.`
}

/** Takes in a CSV file and waits for its end. Refused rows, an import that failed or was cancelled: exit code 1. */
export const importContacts = async (path: string, options: ImportOptions, io: Io): Promise<void> => {
  mapIn(options.map)
  const file = await fileAt(path)
  const place = await contactsPlace(options, io)
  const ended = await watch(place, await upload(place, file, options, io), io)
  const errorFile = ended.refused > 0 ? `${path}.errors.csv` : undefined
  if (errorFile !== undefined) await saveErrors(place, ended, errorFile)
  if (options.json) printJson(io, { ...ended, ...(errorFile === undefined ? {} : { errorFile }) })
  const sentence = sentenceOf(ended, errorFile)
  if (ended.status !== 'done' || errorFile !== undefined) throw new Failure(sentence)
  if (!options.json) io.out(sentence)
}

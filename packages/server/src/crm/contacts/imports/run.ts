import type { Db } from '../../../database/wire.js'
import type { Author } from '../../../http/author.js'
import { newId } from '../../../ids.js'
import { keepTags } from '../../tags/index.js'
import { withRetagged } from '../change-events.js'
import { type DuplicatePolicy, policyOf } from '../contacts.rules.js'
import type { ValueField } from '../custom-fields.rules.js'
import { storeManyFieldValues } from '../field-values.sql.js'
import type { ContactPorts } from '../ports.js'
import { batchOf } from './batch.sql.js'
import { type Mapping, mappingOf, type Target, targetsOf } from './columns.rules.js'
import { type CsvRecord, readCsv } from './csv.js'
import { importsOf } from './imports.sql.js'
import { type Plan, planBatch } from './plan.rules.js'
import { type ReadRow, type RefusedRow, readRow } from './rows.rules.js'
import { createTrial, type Trial } from './trial.js'

const batchRows = 1000

/** What a run needs of its surroundings. */
export interface RunParts {
  readonly db: Db
  readonly ports: Pick<ContactPorts, 'locations' | 'users' | 'fields' | 'events'>
  now(): Date
  /** Whether to stop after the batch that is being written: the rest is for the next start. */
  stopping(): boolean
}

type Order = NonNullable<Awaited<ReturnType<ReturnType<typeof importsOf>['order']>>>

interface Run extends RunParts {
  readonly order: Order
  readonly country: string | null
  readonly policy: DuplicatePolicy
  readonly fields: readonly ValueField[]
  readonly targets: readonly (Target | undefined)[]
  /** Contacts that a trial would have made by now. */
  readonly trial: Trial | undefined
}

interface Batch {
  readonly rows: readonly ReadRow[]
  readonly refused: readonly RefusedRow[]
  readonly size: number
  readonly bytes: number
}

/** Ended, or taken over by another process: nothing of the batch was written. */
class Lost extends Error {}

const fileOf = async function* (db: Db, { locationId, id }: Order) {
  const imports = importsOf(db, locationId)
  for (let seq = 0; ; seq++) {
    const bytes = await imports.chunk(id, seq)
    if (!bytes) return
    yield bytes
  }
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Reads up to a thousand rows; pauses between, so that requests are answered meanwhile. */
const readBatch = async (records: AsyncGenerator<CsvRecord>, run: Run, from: number): Promise<Batch | undefined> => {
  const rows: ReadRow[] = []
  const refused: RefusedRow[] = []
  let bytes = 0
  let size = 0
  while (size < batchRows) {
    const { value, done } = await records.next()
    if (done) break
    size++
    bytes = value.bytes
    const read = readRow(from + size, value.cells, run.targets, run.country)
    if ('reason' in read) refused.push(read)
    else rows.push(read)
    if (size % 50 === 0) await breathe()
  }
  return size === 0 ? undefined : { rows, refused, size, bytes }
}

const filled = (values: readonly (string | null | undefined)[]) => [
  ...new Set(values.filter((value): value is string => Boolean(value))),
]

const plan = async (db: Db, run: Run, { rows }: Batch, now: Date): Promise<Plan> => {
  const { order, ports, policy, trial } = run
  const wanted = {
    ids: filled(rows.map(({ contactId }) => contactId)),
    emails: filled(rows.map(({ change }) => change.email)),
    phones: filled(rows.map(({ change }) => change.phone)),
  }
  const known = await batchOf(db, order.locationId).known(wanted)
  const assignees = filled(rows.map(({ change }) => change.assignedTo))
  const users = assignees.length > 0 ? await ports.users.among(db, order.locationId, assignees) : new Set<string>()
  const options = { policy, onDuplicate: order.onDuplicate, users, tags: order.tags, newId: () => newId(now) }
  return planBatch(rows, trial ? [...known, ...trial.known(wanted)] : known, options)
}

type ContactEvent = 'ContactCreate' | 'ContactUpdate' | 'ContactTagUpdate' | 'ContactDndUpdate'
type Touched = Plan['created']

const tell = async (db: Db, { order, ports }: Run, { created, changed }: Plan, now: Date) => {
  const { companyId, locationId, traceId } = order
  const batch = batchOf(db, locationId)
  const each = async (type: ContactEvent, contacts: Touched) => {
    if (contacts.length === 0 || !(await ports.events.isAwaited(type, { companyId, locationId }))) return
    const touched = new Map(contacts.map((each) => [each.id, each]))
    const records = await batch.whole([...touched.keys()])
    const told = type === 'ContactTagUpdate' ? records.map((each) => withRetagged(each, touched.get(each.value.id))) : records
    await ports.events.addEvents(
      db,
      { type, companyId, locationId, traceId, now },
      told.map(({ text }) => text),
    )
  }
  const [retagged, redisturbed] = [
    changed.filter((contact) => contact.retagged),
    changed.filter((contact) => contact.redisturbed),
  ]
  await each('ContactCreate', created)
  await each('ContactUpdate', changed)
  await each('ContactTagUpdate', retagged)
  await each('ContactDndUpdate', redisturbed)
}

/** Neither is left under way when the other fails: the transaction ends with both. */
const bothDone = async (first: Promise<unknown>, second: () => Promise<unknown>): Promise<void> => {
  const failed = (await Promise.allSettled([first, second()])).find((each) => each.status === 'rejected')
  if (failed) throw failed.reason
}

const writePlan = async (db: Db, run: Run, made: Plan, now: Date) => {
  const { order, fields } = run
  const { created, changed } = made
  const batch = batchOf(db, order.locationId)
  const author: Author = { ...(order.author as Author), timestamp: now }
  // A millisecond apart, so that a list keeps the order of the file.
  const inserting = batch.insert(created, author, (at) => new Date(now.getTime() - created.length + at))
  await bothDone(inserting, async () => {
    // The contacts are on their way to the database: what follows them is made ready meanwhile.
    await breathe()
    const valuesOf = (contacts: Plan['created']) =>
      contacts.filter(({ values }) => values.length > 0).map(({ id, values }) => ({ contactId: id, values }))
    await storeManyFieldValues(db, order.locationId, valuesOf(created), fields, { fresh: true })
    await batch.update(changed, author)
    await storeManyFieldValues(db, order.locationId, valuesOf(changed), fields)
    await keepTags(db, order.locationId, filled([...created, ...changed].flatMap(({ tags }) => tags)), now)
  })
  await tell(db, run, made, now)
}

/** One transaction: the contacts, the rows that were refused, the events and the count of how far it is. */
const writeBatch = async (run: Run, batch: Batch, from: number): Promise<void> => {
  const { order } = run
  await run.db.transaction().execute(async (db) => {
    const now = run.now()
    await batchOf(db, order.locationId).planAnew()
    await batchOf(db, order.locationId).deferWords()
    if (!order.dryRun) await batchOf(db, order.locationId).holdLocation()
    const made = await plan(db, run, batch, now)
    if (order.dryRun) run.trial?.remember(made)
    else await writePlan(db, run, made, now)
    const refused = [...batch.refused, ...made.refused]
    const imports = importsOf(db, order.locationId)
    await imports.addErrors(order.id, refused)
    const progress = {
      rowsRead: batch.size,
      created: made.created.length,
      updated: made.updatedRows,
      skipped: made.skippedRows,
      refused: refused.length,
    }
    if (!(await imports.advance(order.id, from, progress, batch.bytes, now))) throw new Lost()
  })
  run.ports.events.wake()
}

/** The next batch is read while the one before is written. */
const writeAll = async (run: Run, records: AsyncGenerator<CsvRecord>, start: number): Promise<'read' | 'stopped'> => {
  let from = start
  let next = await readBatch(records, run, from)
  while (next) {
    if (run.stopping()) return 'stopped'
    const batch: Batch = next
    const [, following] = await Promise.all([writeBatch(run, batch, from), readBatch(records, run, from + batch.size)])
    from += batch.size
    next = following
  }
  return 'read'
}

const skip = async (records: AsyncGenerator<CsvRecord>, count: number) => {
  for (let at = 0; at < count; at++) {
    if ((await records.next()).done) return
    if (at % 1000 === 0) await breathe()
  }
}

const prepare = async (parts: RunParts, order: Order, headers: readonly string[]): Promise<Run | { problem: string }> => {
  const { locationId } = order
  const [location, fields] = await Promise.all([
    parts.ports.locations.location(locationId),
    parts.ports.fields.definitions(parts.db, locationId),
  ])
  const found = targetsOf(headers, order.mapping as Mapping, fields)
  if ('problem' in found) return found
  return {
    ...parts,
    order,
    fields,
    targets: found.targets,
    country: location?.country ?? null,
    policy: policyOf(location?.settings ?? {}),
    trial: order.dryRun ? createTrial() : undefined,
  }
}

/** Runs an import from where it is to its end, or until it is told to stop. */
export const runImport = async (parts: RunParts, locationId: string, id: string): Promise<void> => {
  const imports = importsOf(parts.db, locationId)
  const order = await imports.order(id)
  if (!order) return
  try {
    const records = readCsv(fileOf(parts.db, order))
    const header = (await records.next()).value as CsvRecord | undefined
    const headers = (header?.cells ?? []).map((cell) => cell.trim())
    const run = headers.length === 0 ? { problem: 'The file is empty.' } : await prepare(parts, order, headers)
    if ('problem' in run) return void (await imports.fail(id, run.problem, parts.now()))
    if (order.dryRun) await imports.beginTrial(id)
    const begun = await imports.begin(id, mappingOf(headers, run.targets), parts.now())
    if (!begun) return
    await imports.keepHeaders(id, headers)
    await skip(records, begun.rowsRead)
    if ((await writeAll(run, records, begun.rowsRead)) === 'stopped') return
    await batchOf(parts.db, locationId).sortIn()
    await imports.finish(id, parts.now())
    if (!order.dryRun) await imports.removeFile(id)
  } catch (error) {
    if (error instanceof Lost) return
    if ((error as { code?: string }).code?.startsWith('CSV_'))
      return void (await imports.fail(id, `The file cannot be read as CSV: ${(error as Error).message}`, parts.now()))
    throw error
  }
}

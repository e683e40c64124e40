import { setTimeout as wait } from 'node:timers/promises'
import { everyProcessOf, residentMb, spentBy, spentSince } from './cost.js'
import type { World } from './world.js'

/** How a file came in: by the clock, and the processor time of one row in each of the two programs. */
export interface Imported {
  readonly perSecond: number
  readonly nodeMicros: number
  readonly databaseMicros: number
  /** The most that the server's process held meanwhile. */
  readonly residentMb: number
}

interface Import {
  readonly id: string
  readonly status: string
  readonly created: number
  readonly refused: number
  readonly error?: string
}

const lookEveryMs = 50

/** People that nobody knows yet: name, e-mail, phone, company, city, tags and two custom fields. */
const csvOf = (rows: number, turn: number) => {
  const lines = ['First Name,Last Name,Email,Phone,Company,City,Tags,contact.many_size,contact.many_tier']
  for (let n = 0; n < rows; n++) {
    const tier = ['Gold', 'Silver', 'Bronze'][n % 3]
    const tags = n % 3 === 0 ? `newsletter;tag ${n % 40}` : `tag ${n % 40}`
    lines.push(
      `Nina${n % 400},Import${n % 7000},new-${turn}-${n}@mail${n % 500}.example,+1415${2_000_000 + turn * rows + n},Company ${n % 20_000},City ${n % 2000},${tags},${n % 1000},${tier}`,
    )
  }
  return lines.join('\n')
}

const read = async (reply: Response) => {
  const text = await reply.text()
  if (!reply.ok) throw new Error(`the import answered ${reply.status}: ${text.slice(0, 300)}`)
  return (JSON.parse(text) as { import: Import }).import
}

let turn = 0

/** Uploads a file and waits until its last row is in. */
export const importSome = async ({ client, serverPid, locationId, call }: World, rows: number): Promise<Imported> => {
  const form = new FormData()
  form.set('file', new Blob([csvOf(rows, turn++)], { type: 'text/csv' }), 'people.csv')
  const [nodeBefore, databaseBefore] = [spentBy([serverPid]), spentBy(await everyProcessOf(client))]
  const began = performance.now()
  let now = await read(await call('POST', `/_ground/contacts/import?locationId=${locationId}`, form))
  let most = 0
  while (now.status === 'waiting' || now.status === 'running') {
    await wait(lookEveryMs)
    most = Math.max(most, residentMb(serverPid))
    now = await read(await call('GET', `/_ground/contacts/imports/${now.id}?locationId=${locationId}`))
  }
  const seconds = (performance.now() - began) / 1000
  if (now.status !== 'done' || now.created !== rows) throw new Error(`the import ended as ${JSON.stringify(now)}`)
  const nodeMicros = spentSince(nodeBefore, spentBy([serverPid])) / rows
  const databaseMicros = spentSince(databaseBefore, spentBy(await everyProcessOf(client))) / rows
  return { perSecond: rows / seconds, nodeMicros, databaseMicros, residentMb: most }
}

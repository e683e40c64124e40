import type { Operation } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { KnownIds } from './known-ids.js'
import { type Asked, requestFor, written } from './requests.js'
import type { Answer, Tenant, WholeApp } from './whole-app.js'

export const withToken = allOperations.filter(({ auth }) => auth === 'token')

/** What is gone afterwards, whatever the method is called. */
const takesAway = ({ method, key }: Operation) => method === 'DELETE' || /\.(erase|merge)$/.test(key)

/** What others stand in is made before them; what goes with the removal of others is removed before those are. */
const ownTurns: Readonly<Record<string, number>> = {
  'contacts.contact.create': -1,
  'opportunities.pipelines.create': -1,
  'opportunities.opportunity.remove': 3.5,
}

/** Makers first, takers last: what one operation makes, the next ones ask for. */
const turn = (operation: Operation) => {
  const { key, method, path, status } = operation
  const own = ownTurns[key]
  if (own !== undefined) return own
  if (takesAway(operation)) return 4
  if (method === 'POST') return status === 201 && !/:\w+$/.test(path) ? 0 : 2
  return method === 'GET' ? 1 : 3
}

const depth = ({ path }: Operation) => path.split('/').length

/** What hangs on a thing is made after it and taken away before it. */
const order = (a: Operation, b: Operation) => turn(a) - turn(b) || (takesAway(a) ? depth(b) - depth(a) : depth(a) - depth(b))

export const inOrder = (operations: readonly Operation[]) => operations.toSorted(order)

export const tokenOf = (operation: Operation, { tokens }: Tenant) =>
  tokens[operation.actors.includes('location') ? 'location' : 'agency']

export const send = (on: WholeApp, operation: Operation, asked: Asked, token: string): Promise<Answer> => {
  const { url, headers, payload } = written(operation, asked)
  return on.send(operation.method, url, { ...headers, authorization: `Bearer ${token}` }, payload)
}

/** How an operation went for its own tenant. */
export interface Tried {
  readonly operation: Operation
  readonly asked: Asked
  readonly answer: Answer
  /** Whether every field was sent, or only the demanded ones. */
  readonly full: boolean
}

/** What a tenant has and what works for it. */
export interface Explored {
  readonly tenant: Tenant
  readonly ids: KnownIds
  readonly tried: Map<string, Tried>
}

/** How a request reaches the server: by hand, or by a client that somebody else wrote. */
export type Sender = (operation: Operation, asked: Asked, token: string) => Promise<Answer>

/** A reply as it reads: files, such as an export, are no JSON and stay text. */
export const readReply = (text: string, revive?: (name: string, value: unknown) => unknown): unknown => {
  try {
    return JSON.parse(text, revive) as unknown
  } catch {
    return text
  }
}

const succeeds = ({ status }: Answer) => status === 200 || status === 201

const attempt = async (ask: Sender, operation: Operation, tenant: Tenant, ids: KnownIds): Promise<Tried> => {
  let last: Tried | undefined
  for (const full of [true, false]) {
    const asked = requestFor(operation, { tenant, ids, full })
    const answer = await ask(operation, asked, tokenOf(operation, tenant))
    last = { operation, asked, answer, full }
    if (succeeds(answer)) break
  }
  return last as Tried
}

/** Operations that end the tenant, or the install that its tokens come from. */
const endings = new Set([
  'marketplace.installations.remove',
  'locations.location.remove',
  'apps.app.remove',
  'installs.installed.remove',
])

const lastRound = 3

/** Uses everything once as its own tenant does, learning ids on the way, until nothing new works; leaves one of each thing. */
export const explore = async (
  on: WholeApp,
  tenant: Tenant,
  ask: Sender = (operation, asked, token) => send(on, operation, asked, token),
  { operations = withToken, ids = new KnownIds() }: { operations?: readonly Operation[]; ids?: KnownIds } = {},
): Promise<Explored> => {
  ids.add('user', tenant.userId)
  const tried = new Map<string, Tried>()
  for (let round = 0; round <= lastRound; round++) {
    for (const operation of inOrder(operations)) {
      if (endings.has(operation.key)) continue
      const before = tried.get(operation.key)
      const makes = operation.method === 'POST' && !takesAway(operation)
      // Things are made in every round, for the takers of the one before have left none; the last round takes nothing away.
      if (!makes && (round === lastRound || (before && succeeds(before.answer)))) continue
      const now = await attempt(ask, operation, tenant, ids)
      if (!before || succeeds(now.answer)) tried.set(operation.key, now)
      if (!succeeds(now.answer)) continue
      // What is taken off something else is still there.
      if (/\.dissociate$/.test(operation.key)) continue
      if (takesAway(operation)) ids.forget(Object.values(now.asked.params).at(-1) ?? '')
      else ids.learn(operation, readReply(now.answer.text), now.asked.params)
    }
  }
  return { tenant, ids, tried }
}

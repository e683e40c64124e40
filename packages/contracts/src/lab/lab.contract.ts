import { apiModule, GET, POST, t } from '@groundlevel/contract-kit'
import { Role } from '../account/account.contract.js'

const lab = apiModule({ name: 'lab', auth: 'none', because: 'only a local start has it, and it answers to loopback hosts only' })

/** What `groundlevel demo --json` prints: ids and secrets of the demo world. */
export const Demo = t.Object({
  url: t.String(),
  company: t.Object({ id: t.String(), name: t.String() }),
  locations: t.Array(t.Object({ id: t.String(), name: t.String() })),
  users: t.Array(t.Object({ id: t.String(), email: t.String(), password: t.String(), role: Role })),
  apps: t.Array(
    t.Object({
      id: t.String(),
      name: t.String(),
      targetUser: t.Enum(['location', 'company']),
      clientId: t.String(),
      clientSecret: t.String(),
      redirectUri: t.String(),
      scopes: t.Array(t.String()),
      webhookUrl: t.String(),
    }),
  ),
  tokens: t.Object({ agency: t.String(), location: t.String() }),
})

export const demo = lab.resource('demo', '/_ground/lab/demo', {
  get: GET('', { id: 'lab-demo', summary: 'The demo world, secrets included', reply: Demo }),
})

const LabClock = t.Object({
  /** Domain time: what decides about codes, tokens, retries, reminders and dates. */
  now: t.DateTime(),
  /** How far that is ahead of the machine's time. */
  aheadMs: t.Integer(),
})

export const clock = lab.resource('clock', '/_ground/lab/clock', {
  get: GET('', { id: 'lab-clock', summary: 'The time that the server goes by', reply: LabClock }),
  advance: POST('', {
    id: 'lab-clock-advance',
    summary: 'Let the time go on, by a length or to a moment; what falls due happens at once',
    body: t.Object({
      byMs: t.Optional(t.Integer({ minimum: 1 })),
      to: t.Optional(t.DateTime()),
    }),
    reply: LabClock,
  }),
})

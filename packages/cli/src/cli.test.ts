import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@groundlevel/app-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../examples/lead-router/src/app.js'
import { type Product, startProduct } from '../../server/src/testing/product.js'
import type { DemoWorld } from './demo-world.js'
import { run } from './program.js'
import { signIn } from './session.js'

let product: Product
let example: Awaited<ReturnType<typeof buildApp>>
let demo: DemoWorld

/** Runs one command line as a shell would. */
const groundlevel = async (
  line: readonly string[],
  more: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void } = {},
) => {
  const out: string[] = []
  const err: string[] = []
  const print = (text: string) => {
    out.push(text)
    more.onLine?.(text)
  }
  const io = {
    out: print,
    err: (text: string) => void err.push(text),
    env: { GROUNDLEVEL_DATA: product.folder },
    signal: more.signal ?? new AbortController().signal,
  }
  const exitCode = await run(line, io)
  return { exitCode, out, text: out.join('\n'), err: err.join('\n') }
}

const leadRouter = () => demo.apps[0] as DemoWorld['apps'][number]
const [first, second] = [() => demo.locations[0]?.id ?? '', () => demo.locations[1]?.id ?? '']

const installed = async (...flags: string[]) => {
  const { text, err } = await groundlevel(['install', '--client-id', leadRouter().clientId, ...flags, '--json'])
  expect(err).toBe('')
  return JSON.parse(text) as { code: string; redirectUrl: string }
}

const exchanged = (code: string) => {
  const { clientId, clientSecret } = leadRouter()
  const body = { grant_type: 'authorization_code' as const, client_id: clientId, client_secret: clientSecret, code }
  return createClient({ baseUrl: product.url }).oauth.token.exchange({ body })
}

beforeAll(async () => {
  product = await startProduct({ 'rate-limits': 'on' })
  demo = JSON.parse((await groundlevel(['demo', '--json'])).text) as DemoWorld
  const { clientId, clientSecret, id: appId } = leadRouter()
  example = await buildApp(
    { port: 0, platformUrl: product.url, key: { name: 'Lead Router', clientId, clientSecret }, tokensFolder: undefined },
    () => new Date(),
  )
  await example.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(example.server.address() as AddressInfo).port}`
  const developer = await signIn(product.url, demo.users.find(({ role }) => role === 'developer') ?? { email: '', password: '' })
  await developer.client.apps.app.update({
    appId,
    body: { webhookUrl: `${origin}/webhooks`, redirectUris: [`${origin}/oauth/callback`] },
  })
}, 60_000)

afterAll(async () => {
  await example?.close()
  await product?.stop()
})

describe('demo', () => {
  it('prints the demo world as scripts expect it, with tokens that work', async () => {
    expect(Object.keys(demo)).toEqual(['url', 'company', 'locations', 'users', 'apps', 'tokens'])
    expect(demo.url).toBe(product.url)
    expect(demo.users.map(({ role }) => role).toSorted()).toEqual([
      'agency-admin',
      'agency-owner',
      'developer',
      'location-admin',
      'location-user',
    ])
    const { contacts } = createClient({ baseUrl: demo.url, token: demo.tokens.location })
    expect((await contacts.contact.list({ query: { locationId: first() } })).count).toBeGreaterThanOrEqual(100)
  })

  it('prints it for people too', async () => {
    const { text } = await groundlevel(['demo'])
    for (const { email, password } of demo.users) expect(text).toContain(`${email}  ${password}`)
  })
})

describe('install', () => {
  it('for a sub-account gives a code whose token creates a contact there', async () => {
    const { code, redirectUrl } = await installed('--location', first())
    expect(code).toMatch(/^[0-9a-f]{40}$/)
    expect(new URL(redirectUrl).searchParams.get('code')).toBe(code)
    const tokens = await exchanged(code)
    expect(tokens).toMatchObject({ userType: 'Location', locationId: first(), isBulkInstallation: false })
    const client = createClient({ baseUrl: product.url, token: tokens.access_token })
    const { contact } = await client.contacts.contact.create({ body: { locationId: first(), firstName: 'Ada' } })
    expect(contact.firstName).toBe('Ada')
  })

  it('for an agency gives a company token, all and future ones included', async () => {
    const { code } = await installed('--company', demo.company.id, '--all', '--future')
    expect(await exchanged(code)).toMatchObject({ userType: 'Company', companyId: demo.company.id, isBulkInstallation: true })
  })

  it('for chosen sub-accounts of an agency reaches each of them', async () => {
    const { code } = await installed('--company', demo.company.id, '--location', first(), '--location', second())
    const { userType, approvedLocations } = await exchanged(code)
    expect(userType).toBe('Company')
    expect(approvedLocations).toEqual(expect.arrayContaining([first(), second()]))
  })

  it.each([
    [['--client-id', 'nope-1', '--location', 'x'], 'There is no app with the client id nope-1'],
    [['--location', 'nowhere'], 'do not have access'],
  ])('%j ends with 1 and one sentence', async (flags, said) => {
    const whole = flags.includes('--client-id') ? flags : ['--client-id', leadRouter().clientId, ...flags]
    const { exitCode, err, out } = await groundlevel(['install', ...whole])
    expect([exitCode, out]).toEqual([1, []])
    expect(err).toContain(said)
    expect(err).not.toContain('\n')
  })
})

describe('trigger', () => {
  it('makes a real contact, shows the attempt, and the example has verified and routed it', async () => {
    const { redirectUrl } = await installed('--location', first())
    expect(await (await fetch(redirectUrl)).text()).toContain('Connected')
    const { exitCode, text } = await groundlevel(['trigger', 'contactcreate'])
    expect(exitCode).toBe(0)
    expect(text).toMatch(/ContactCreate → 127\.0\.0\.1:\d+\/webhooks {2}attempt 1: answered 200/)
    expect(text).toContain('Delivered.')
    const { arrivals } = (await example.inject('/arrivals')).json() as {
      arrivals: { type: string; verified: boolean; note: string; body: string }[]
    }
    const arrival = arrivals.find(({ type, body }) => type === 'ContactCreate' && body.includes('trigger-'))
    expect(arrival).toMatchObject({ verified: true, note: 'Tagged “routed”' })
    const { id: contactId } = JSON.parse(arrival?.body ?? '{}') as { id: string }
    const { contact } = await createClient({ baseUrl: product.url, token: demo.tokens.location }).contacts.contact.get({
      contactId,
    })
    expect(contact.tags).toContain('routed')
  })

  it.each(['ContactUpdate', 'ContactDelete', 'ContactTagUpdate', 'ContactDndUpdate', 'NoteCreate', 'NoteUpdate', 'NoteDelete'])(
    '%s is delivered',
    async (event) => {
      const { text, err } = await groundlevel(['trigger', event])
      expect([err, text]).toEqual(['', expect.stringContaining(`${event} → `)])
      expect(text).toContain('Delivered.')
    },
  )

  it('works in another sub-account, by its name', async () => {
    const { text } = await groundlevel(['trigger', 'NoteCreate', '--location', demo.locations[1]?.name.toUpperCase() ?? ''])
    expect(text).toContain(`NoteCreate in ${second()}`)
    expect(text).toContain('Delivered.')
  })

  it('uninstalls and installs Lead Router for real, and the example’s tokens go with it', async () => {
    const accounts = async () => (await example.inject('/live')).body.split('What arrived')[0]
    expect((await groundlevel(['trigger', 'UNINSTALL'])).text).toContain('Delivered.')
    expect(await accounts()).not.toContain(first())
    const again = await groundlevel(['trigger', 'UNINSTALL'])
    expect([again.exitCode, again.err]).toEqual([1, expect.stringContaining('nothing to uninstall')])
    expect((await groundlevel(['trigger', 'INSTALL'])).text).toContain('Delivered.')
    expect(await accounts()).toContain(first())
  })
})

describe('logs', () => {
  it('prints what the apps did, oldest first, and as JSON a line', async () => {
    const { out } = await groundlevel(['logs', '--kind', 'delivery', '--app', 'lead router', '--json'])
    const rows = out.map((line) => JSON.parse(line) as { kind: string; at: string; appId: string })
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.map(({ kind, appId }) => `${kind} ${appId}`))).toEqual(new Set([`delivery ${leadRouter().id}`]))
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted())
  })

  it('goes on printing what comes until it is stopped', async () => {
    const stop = new AbortController()
    const lines: string[] = []
    let begin = () => {}
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const following = groundlevel(['logs', '--follow', '--kind', 'event', '--limit', '1'], {
      signal: stop.signal,
      onLine: (line) => {
        lines.push(line)
        begin()
        if (lines.length > 1 && line.includes('NoteUpdate')) stop.abort()
      },
    })
    await begun
    expect(lines).toHaveLength(1)
    await groundlevel(['trigger', 'NoteUpdate'])
    expect((await following).exitCode).toBe(0)
    expect(lines.filter((line) => line.includes('NoteUpdate')).length).toBeGreaterThan(0)
  })
})

describe('a command line that is wrong', () => {
  it.each([
    [['nope'], 'unknown command'],
    [['install'], '--client-id'],
    [['install', '--client-id', 'x'], 'Say for whom'],
    [['install', '--client-id', 'x', '--location', 'l', '--all'], 'need --company'],
    [['install', '--client-id', 'x', '--company', 'c', '--location', 'l', '--all'], 'not both'],
    [['install', '--client-id', 'x', '--company', 'c', '--future'], '--future goes with --all'],
    [['trigger', 'Nothing'], 'There is no event "Nothing"'],
    [['logs', '--kind', 'x'], '--kind is "x"'],
    [['logs', '--limit', '0'], '--limit is "0"'],
    [['demo', '--url', 'nowhere'], '--url is "nowhere"'],
  ])('%j ends with 2 and says why', async (line, said) => {
    const { exitCode, err, out } = await groundlevel(line)
    expect([exitCode, out]).toEqual([2, []])
    expect(err).toContain(said)
  })

  it('the server’s own refusal of a setting is the exit code of start', async () => {
    const { exitCode, out } = await groundlevel(['start', '--port', 'x'])
    expect(exitCode).toBeGreaterThan(0)
    expect(out).toEqual([])
  })

  it('asking for help is no error', async () => {
    const { exitCode, text } = await groundlevel(['start', '--help'])
    expect([exitCode, text]).toEqual([0, expect.stringContaining('--no-example')])
  })
})

describe('without a server', () => {
  const alone = (line: readonly string[], env: Record<string, string>) => {
    const err: string[] = []
    const io = { out: () => {}, err: (text: string) => void err.push(text), env, signal: new AbortController().signal }
    return run(line, io).then((exitCode) => [exitCode, err.join('\n')])
  }

  it('says how to start one', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'cli-none-'))
    expect(await alone(['demo'], { GROUNDLEVEL_DATA: empty })).toEqual([
      1,
      expect.stringMatching(/^No Groundlevel runs .* start it with `npm start`/),
    ])
    await writeFile(join(empty, 'server.json'), '{"url":"http://127.0.0.1:9","pid":1}')
    expect(await alone(['demo'], { GROUNDLEVEL_DATA: empty })).toEqual([
      1,
      expect.stringMatching(/^No Groundlevel answers at http:\/\/127\.0\.0\.1:9/),
    ])
    await rm(empty, { recursive: true })
  })

  it('that has a demo world says so', async () => {
    const bare = createServer((request, response) => {
      const isHealth = request.url === '/health'
      response
        .writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' })
        .end(isHealth ? '{"status":"ok","version":"1"}' : '{"statusCode":404,"message":"Cannot GET"}')
    })
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`
    expect(await alone(['demo'], { GROUNDLEVEL_URL: url })).toEqual([1, expect.stringContaining('has no demo world')])
    bare.closeAllConnections()
    await new Promise((resolve) => bare.close(resolve))
  })
})

it('clock lets the time of the server go on, and says how far it is ahead', async () => {
  expect((await groundlevel(['clock'])).text).toMatch(/, the time of this machine$/)
  expect((await groundlevel(['clock', '--advance', '1d12h'])).text).toMatch(/, 1 d 12 h ahead of this machine$/)
  expect(JSON.parse((await groundlevel(['clock', '--json'])).text)).toMatchObject({ aheadMs: 129_600_000 })
  const { exitCode, err } = await groundlevel(['clock', '--to', 'yesterday'])
  expect([exitCode, err]).toEqual([2, expect.stringContaining('use a moment such as')])
})

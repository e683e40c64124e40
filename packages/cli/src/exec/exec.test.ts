import { spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../program.js'
import { stoppedBy } from '../stopping.js'
import { highLevelHosts, openFront } from './front.js'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

let folder = ''
let url = ''
const seen: string[] = []

const textOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Stands for Groundlevel: what arrives is all that matters here. */
const server = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.url === '/health') return void response.end('{"status":"ok","version":"1"}')
  seen.push(`${request.method} ${request.headers.host} ${request.url}`)
  response.end(JSON.stringify({ body: await textOf(request) }))
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exec-'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

/** Runs the command line; what the program says, it writes to the file that `SAY` names. */
const ran = async (
  command: readonly string[],
  env: Record<string, string> = {},
  { signal = new AbortController().signal, options = [] }: { signal?: AbortSignal; options?: readonly string[] } = {},
) => {
  const err: string[] = []
  const say = join(folder, 'said')
  await rm(say, { force: true })
  const code = await run(['exec', '--url', url, ...options, '--', ...command], {
    out: () => {},
    err: (line) => void err.push(line),
    env: { PATH: process.env.PATH, SAY: say, ...env },
    signal,
  })
  return { code, err, said: existsSync(say) ? await readFile(say, 'utf8') : '' }
}

const script = async (name: string, source: string) => {
  const path = join(folder, name)
  await writeFile(
    path,
    `import { appendFileSync, existsSync } from 'node:fs'\nconst say = (text) => appendFileSync(process.env.SAY, text)\n${source}`,
  )
  return path
}

const callEverything = `
import https, { get } from 'node:https'
import { createRequire } from 'node:module'
const axios = createRequire(${JSON.stringify(join(root, 'package.json'))})('axios')
const { hosts } = JSON.parse(process.env.GROUNDLEVEL_EXEC)
const body = async (answer) => {
  let text = ''
  for await (const chunk of answer) text += chunk
  return JSON.parse(text).body
}
for (const host of hosts) {
  say((await (await fetch('https://' + host + '/fetch', { method: 'POST', body: 'f' })).json()).body)
  say(await new Promise((resolve) => get('https://' + host + '/get', (answer) => resolve(body(answer)))))
  say(await new Promise((resolve) => {
    const request = https.request({ hostname: host, port: 443, path: '/request', method: 'PUT' }, (answer) => resolve(body(answer)))
    request.end('r')
  }))
  say((await axios.post('https://' + host + '/axios', 'a')).data.body)
}`

describe('groundlevel exec', () => {
  it('answers every host of HighLevel for https, fetch and axios of an unmodified program', async () => {
    const path = await script('calls.mjs', callEverything)
    seen.length = 0
    expect(await ran(['node', path])).toEqual({ code: 0, err: [], said: 'fra'.repeat(highLevelHosts.length) })
    const lines = ['POST fetch', 'GET get', 'PUT request', 'POST axios'].map((line) => line.split(' '))
    expect(seen).toEqual(highLevelHosts.flatMap((host) => lines.map(([method, path]) => `${method} ${host} /${path}`)))
  })

  it.runIf(spawnSync('curl', ['--version']).status === 0)('answers programs that are not of Node', async () => {
    const reply = join(folder, 'reply')
    const { code } = await ran(['curl', '-sS', '-o', reply, 'https://services.leadconnectorhq.com/curl', '-d', 'c'])
    expect([code, await readFile(reply, 'utf8')]).toEqual([0, '{"body":"c"}'])
  })

  it('answers programs that ask their proxy for a whole https address', async () => {
    const path = await script(
      'whole.mjs',
      `import { get } from 'node:http'
       const { hostname, port } = new URL(process.env.HTTPS_PROXY)
       await new Promise((resolve) => get({ hostname, port, path: 'https://services.leadconnectorhq.com/whole?a=1' }, (answer) =>
         answer.on('data', (text) => say(answer.statusCode + ' ' + text)).on('end', resolve)))`,
    )
    expect((await ran(['node', path])).said).toBe('200 {"body":""}')
    expect(seen.at(-1)).toMatch(/^GET .+ \/whole\?a=1$/)
  })

  it('leaves other hosts alone', async () => {
    const path = await script('other.mjs', `say((await (await fetch('${url}/other')).json()).body + 'other')`)
    expect((await ran(['node', path])).said).toBe('other')
  })

  it('goes on whatever its proxy is asked for, and sends nothing that is meant for HighLevel anywhere else', async () => {
    const front = await openFront(url)
    const { port } = new URL(front.proxyUrl)
    const asked = async (method: string, path: string): Promise<number | undefined> => {
      const headers = { 'proxy-authorization': 'Basic secret' }
      const request = send({ host: '127.0.0.1', port, method, path, headers }).end()
      const [answer] = await Promise.race([once(request, 'response'), once(request, 'connect')])
      ;(answer as IncomingMessage).destroy()
      return (answer as IncomingMessage).statusCode
    }
    try {
      for (const path of ['/', 'file:///etc/passwd', 'ftp://127.0.0.1/']) expect(await asked('GET', path), path).toBe(400)
      expect(await asked('CONNECT', 'other.example:99999')).toBe(400)
      expect(await asked('GET', `${url.replace('//', '//user:%ff@')}/other`)).toBe(200)
      expect(await asked('GET', 'http://services.leadconnectorhq.com//other.example/x')).toBe(200)
      expect(seen.slice(-2)).toEqual([`GET ${new URL(url).host} /other`, `GET ${new URL(url).host} //other.example/x`])
    } finally {
      await front.close()
    }
  })

  it('ends as the program ends, and says what it could not run', async () => {
    expect((await ran(['node', '-e', 'process.exit(7)'])).code).toBe(7)
    expect((await ran(['node', '-e', 'process.kill(process.pid, "SIGKILL")'])).code).toBe(137)
    expect(await ran(['no-such-program'])).toMatchObject({ code: 127, err: ['There is no program no-such-program.'] })
  })

  it.each(['SIGTERM', 'SIGHUP'])(
    'hands %s on, waits for the program to end by itself, and leaves nothing behind',
    async (name) => {
      const path = await script(
        'patient.mjs',
        `process.on('${name}', () => { say('tidied up ' + existsSync(process.env.WGETRC) + process.env.WGETRC); process.exit(3) })
       setInterval(() => {}, 1000)
       await fetch('https://services.leadconnectorhq.com/ready')`,
      )
      const told = new EventEmitter()
      seen.length = 0
      const stopping = expect
        .poll(() => seen.at(-1), { timeout: 10_000 })
        .toBe('GET services.leadconnectorhq.com /ready')
        .then(() => told.emit(name))
      const { code, said } = await ran(['node', path], {}, { signal: stoppedBy(told) })
      await stopping
      expect([code, said.slice(0, 14)]).toEqual([3, 'tidied up true'])
      expect(existsSync(said.slice(14))).toBe(false)
    },
  )

  it('keeps a proxy that is set, and says what that means', async () => {
    const path = await script('proxy.mjs', 'say(process.env.HTTPS_PROXY)')
    const { said, err } = await ran(['node', path], { HTTPS_PROXY: 'http://proxy.example' })
    expect([said, err]).toEqual(['http://proxy.example', [expect.stringContaining('only those of Node')]])
  })

  it('tells PHP, wget, Ruby and Java whom to trust and whom to ask, beside what they were told before', async () => {
    const wgetrc = join(folder, 'own-wgetrc')
    await writeFile(wgetrc, 'tries = 2')
    const names = [
      'PERL_LWP_ENV_PROXY',
      'PHP_INI_SCAN_DIR',
      'WGETRC',
      'SSL_CERT_FILE',
      'JAVA_TOOL_OPTIONS',
      'http_proxy',
      'HTTPS_PROXY',
      'NO_PROXY',
    ]
    const path = await script(
      'told.mjs',
      `import { readFileSync, statSync } from 'node:fs'
       const env = Object.fromEntries(${JSON.stringify(names)}.map((name) => [name, process.env[name]]))
       const [, store] = /trustStore=([^"]+)"/.exec(env.JAVA_TOOL_OPTIONS)
       say(JSON.stringify({
         env,
         ini: readFileSync(env.PHP_INI_SCAN_DIR.split(':')[1] + '/groundlevel.ini', 'utf8'),
         wgetrc: readFileSync(env.WGETRC, 'utf8'),
         wgetrcMode: statSync(env.WGETRC).mode & 0o777,
         java: readFileSync(store).toString('hex'),
       }))`,
    )
    const before = { WGETRC: wgetrc, JAVA_TOOL_OPTIONS: '-Xmx9m', NO_PROXY: 'other.example' }
    const { env, ini, wgetrc: settings, wgetrcMode, java } = JSON.parse((await ran(['node', path], before)).said)
    const bundle = env.SSL_CERT_FILE
    expect(ini.split('\n')).toEqual([`curl.cainfo="${bundle}"`, `openssl.cafile="${bundle}"`, ''])
    expect(env.PHP_INI_SCAN_DIR).toMatch(/^:\//)
    expect(settings).toBe(`tries = 2\nca_certificate = ${bundle}\n`)
    expect(wgetrcMode, 'it may hold passwords').toBe(0o600)
    const { hostname, port } = new URL(env.HTTPS_PROXY)
    expect(env).toMatchObject({
      PERL_LWP_ENV_PROXY: '1',
      http_proxy: env.HTTPS_PROXY,
      NO_PROXY: 'other.example,localhost,127.0.0.1',
    })
    expect(env.JAVA_TOOL_OPTIONS).toMatch(new RegExp(`^-Xmx9m .*proxyHost=${hostname}" "-Dhttps.proxyPort=${port}"$`))
    expect(java.slice(0, 24)).toBe(`feedfeed00000002${(rootCertificates.length + 1).toString(16).padStart(8, '0')}`)
  })

  const hasOwnHosts = spawnSync('unshare', ['--mount', 'true']).status === 0 && process.getuid?.() === 0
  it.runIf(hasOwnHosts)('answers, by a hosts file that only the program sees, what reads no variable at all', async () => {
    const hosts = await readFile('/etc/hosts', 'utf8')
    const path = await script(
      'plain.mjs',
      `import { get } from 'node:https'
       import { readFileSync } from 'node:fs'
       const ca = readFileSync(process.env.SSL_CERT_FILE)
       say(process.env.HTTPS_PROXY + ' ' + process.env.NODE_OPTIONS + ' ')
       await new Promise((resolve) => get('https://services.leadconnectorhq.com/plain', { ca }, (answer) => answer.resume().on('end', resolve)))`,
    )
    expect(await ran(['node', path], { HTTPS_PROXY: 'http://proxy.example' }, { options: ['--hosts'] })).toEqual({
      code: 0,
      err: [],
      said: 'http://proxy.example undefined ',
    })
    expect(seen.at(-1)).toBe('GET services.leadconnectorhq.com /plain')
    expect((await ran(['sh', '-c', 'exit 7'], {}, { options: ['--hosts'] })).code).toBe(7)
    expect(await readFile('/etc/hosts', 'utf8')).toBe(hosts)
  })

  it('wants a command, and shows one', async () => {
    const said: string[] = []
    const line = { out: () => {}, err: (text: string) => void said.push(text), env: {}, signal: new AbortController().signal }
    expect(await run(['exec', '--url', url], line)).toBe(2)
    expect(said.join('\n')).toContain('groundlevel exec -- npm test')
  })
})

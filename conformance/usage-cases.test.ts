import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../packages/server/src/testing/product.js'

// docs/guides/usage-cases.md, run as it stands: one shell, block after block, against a started product.
let product: Product
beforeAll(async () => {
  product = await startProduct()
}, 180_000)
afterAll(() => product?.stop())

interface Step {
  readonly line: number
  readonly command: string
  /** What the answer must contain. */
  readonly expected: string | undefined
}

/** Lines of shell blocks; one that ends in a backslash or opens a function goes on. */
const stepsOf = (text: string): Step[] => {
  const steps: Step[] = []
  let inside = false
  let open = ''
  text.split('\n').forEach((line, at) => {
    if (line.startsWith('```')) {
      inside = line === '```sh'
      return
    }
    if (!inside || line.trim() === '') return
    open = open === '' ? line : `${open}\n${line}`
    if (open.endsWith('\\')) return
    const [command = '', expected] = open.split(/ +# → /)
    steps.push({ line: at + 1, command, expected })
    open = ''
  })
  return steps
}

/** What stands for a value of the reader's own. */
const isPlaceholder = ({ command }: Step) => /^export (GL|TOKEN|LOCATION|USER_ID|AGENCY|COMPANY|OTHER|CLIENT_ID)=/.test(command)

const steps = stepsOf(readFileSync('docs/guides/usage-cases.md', 'utf8')).filter((step) => !isPlaceholder(step))

/** Runs them all in one shell, which stops at the first that fails; each answer follows a line with the step's number. */
const runAll = async () => {
  const { url, demo } = product
  const script = steps.map(({ command }, at) => `echo; echo "@@ ${at}"\n${command}`).join('\n')
  const env = {
    ...process.env,
    GL: url,
    TOKEN: demo.tokens.location,
    LOCATION: demo.locations[0]?.id,
    AGENCY: demo.tokens.agency,
    COMPANY: demo.company.id,
    OTHER: demo.locations[1]?.id,
    CLIENT_ID: demo.apps[0]?.clientId,
    CLIENT_SECRET: demo.apps[0]?.clientSecret,
    USER_ID: demo.users.find(({ role }) => role === 'location-admin')?.id,
  }
  const { stdout, stderr, code } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { env }).then(
    (ended) => ({ ...ended, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  )
  const answers = new Map(
    stdout.split('\n@@ ').map((part) => {
      const end = part.indexOf('\n')
      return [Number(part.slice(0, end).replace('@@ ', '')), part.slice(end + 1)] as const
    }),
  )
  return { answers, stderr, code }
}

test('every block of the guide runs, and answers what it says', async () => {
  const { answers, stderr, code } = await runAll()
  const last = Math.max(...answers.keys())
  const ended = `line ${steps[last]?.line}: ${steps[last]?.command}\n${answers.get(last)}\n${stderr}`
  expect(code, ended).toBe(0)
  for (const [at, { line, command, expected }] of steps.entries()) {
    if (expected !== undefined) expect(answers.get(at), `line ${line}: ${command}`).toContain(expected.trim())
  }
}, 300_000)

test('the guide expects something of most of its requests', () => {
  const requests = steps.filter(({ command }) => /^(ask|curl) /.test(command))
  expect(requests.length).toBeGreaterThan(20)
  expect(requests.filter(({ expected }) => expected === undefined)).toEqual([])
})

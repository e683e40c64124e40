import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Product, startProduct } from '../../server/src/testing/product.js'
import { scratchFolder } from '../../server/src/testing/scratch.js'
import { run } from './program.js'

let product: Product
const folder = scratchFolder()
const place = () => product.demo.locations[1] ?? { id: '', name: '' }

const groundlevel = async (line: readonly string[], env: Record<string, string> = {}, signal = new AbortController().signal) => {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text), signal }
  const exitCode = await run(['contacts', ...line], { ...io, env: { GROUNDLEVEL_URL: product.url, ...env } })
  return { exitCode, out: out.join('\n'), err }
}
const csv = async (name: string, text: string) => {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

beforeAll(async () => {
  product = await startProduct()
}, 120_000)
afterAll(async () => {
  await product?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('contacts import and export', { timeout: 60_000 }, () => {
  it('brings a file in by the sub-account’s name, and out again with its tags', async () => {
    const path = await csv('good.csv', 'Mail it,name\nada@cli.example,Ada\nbo@cli.example,Bo\n')
    const line = ['import', path, '--location', place().name.toUpperCase(), '--map', 'Mail it=email', '--tags', 'moved']
    const { exitCode, out, err } = await groundlevel(line)
    expect([exitCode, out]).toEqual([0, '2 rows, 2 created, 0 updated, 0 skipped, 0 refused.'])
    expect(err.at(-1)).toBe('2 of 2 rows')
    const file = join(folder, 'out.csv')
    expect((await groundlevel(['export', '--location', place().id, '--file', file])).exitCode).toBe(0)
    const text = await readFile(file, 'utf8')
    expect(text.split('\r\n').find((each) => each.includes('ada@cli.example'))).toContain('moved')
    const printed = await groundlevel(['export', '--location', place().id])
    expect(`${printed.out}\n`).toBe(text)
  })

  it('puts refused rows beside the file and ends with 1; a dry run writes nothing', async () => {
    const path = await csv('bad.csv', 'email\nnobody\nnew@cli.example\n')
    const { exitCode, out, err } = await groundlevel(['import', path, '--location', place().id, '--dry-run', '--json'])
    expect(exitCode).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ created: 1, refused: 1, dryRun: true, errorFile: `${path}.errors.csv` })
    expect(err.at(-1)).toContain('Tried only, nothing is written: 2 rows, 1 created')
    expect(await readFile(`${path}.errors.csv`, 'utf8')).toContain('1,email must be an email,nobody')
    expect((await groundlevel(['export', '--location', place().id])).out).not.toContain('new@cli.example')
  })

  it('works with a token as well, and says what the server refuses', async () => {
    const env = { GROUNDLEVEL_TOKEN: product.demo.tokens.location }
    const own = product.demo.locations[0]?.id ?? ''
    expect((await groundlevel(['export', '--location', own], env)).out).toContain('email')
    const other = await groundlevel(['export', '--location', place().id], env)
    expect([other.exitCode, other.err]).toEqual([1, [expect.stringContaining('does not have access')]])
  })

  it('stopped while it watches says that the import goes on', async () => {
    const stop = new AbortController()
    const path = await csv('long.csv', `email\n${Array.from({ length: 3000 }, (_, row) => `l${row}@cli.example`).join('\n')}\n`)
    const io = { out: () => {}, env: { GROUNDLEVEL_URL: product.url }, signal: stop.signal }
    const err: string[] = []
    const said = (text: string) => {
      err.push(text)
      stop.abort()
    }
    expect(await run(['contacts', 'import', path, '--location', place().id], { ...io, err: said })).toBe(1)
    expect(err.at(-1)).toMatch(/import \S+ goes on at the server\.$/)
  })

  it.each([
    [['import', '/nowhere.csv', '--location', 'x'], 'There is no file /nowhere.csv'],
    [['import', 'x.csv', '--location', 'x', '--map', 'email'], '--map is "email"'],
    [['import', 'x.csv', '--location', 'x', '--map', '{"a":1}'], '--map is'],
    [['import', 'x.csv', '--location', 'x', '--on-duplicate', 'drop'], 'drop'],
    [['export'], '--location'],
  ])('%j ends with 2 and says why', async (line, said) => {
    const { exitCode, err } = await groundlevel(line)
    expect([exitCode, err.join('\n')]).toEqual([2, expect.stringContaining(said)])
  })
})

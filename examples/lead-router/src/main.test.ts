import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

const run = (port: number) => {
  const child = fork(main, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, PORT: String(port) },
  })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (text) => {
    said.out += text
  })
  child.stderr?.on('data', (text) => {
    said.err += text
  })
  return { child, said }
}

const listening = async (child: ChildProcess) => child.stdout && (await once(child.stdout, 'data'))

describe('the program', () => {
  it('says in one sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { child, said } = run(port)
    expect((await once(child, 'close'))[0]).toBe(1)
    expect(said.err).toBe(
      `Lead Router: port ${port} is taken, so it does not run; free the port, or set PORT (beside the server: GROUNDLEVEL_EXAMPLE_PORT).\n`,
    )
    other.close()
  })

  it('ends when whoever started it is gone', async () => {
    const { child } = run(0)
    await listening(child)
    child.disconnect()
    expect((await once(child, 'exit'))[0]).toBe(0)
  })

  it('ends on SIGTERM', async () => {
    const { child } = run(0)
    await listening(child)
    child.kill('SIGTERM')
    expect((await once(child, 'exit'))[0]).toBe(0)
  })
})

import { run } from './program.js'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stopping.abort(new DOMException(signal, 'AbortError')))

// `groundlevel logs | head` closes the pipe early, which is no error.
process.stdout.on('error', () => process.exit(0))

// Not awaited: the bundle is a script, which cannot wait at its top.
void run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  signal: stopping.signal,
}).then((exitCode) => {
  process.exitCode = exitCode
})

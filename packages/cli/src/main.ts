import { run } from './program.js'
import { stoppedBy } from './stopping.js'

// `groundlevel logs | head` closes the pipe early, which is no error.
process.stdout.on('error', () => process.exit(0))

// Not awaited: the bundle is a script, which cannot wait at its top.
void run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  signal: stoppedBy(process),
}).then((exitCode) => {
  process.exitCode = exitCode
})

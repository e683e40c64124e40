import { buildApp } from './app.js'
import { readSettings } from './settings.js'

const fail = (sentence: string): never => {
  process.stderr.write(`Lead Router: ${sentence}\n`)
  process.exit(1)
}

const sentenceOf = (error: unknown, port: number) =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    ? `port ${port} is taken, so it does not run; free the port, or set PORT (beside the server: GROUNDLEVEL_EXAMPLE_PORT).`
    : (error as Error).message

const main = async () => {
  const settings = readSettings(process.env)
  const app = await buildApp(settings, () => new Date())
  const stop = () => void app.close().then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  // Started beside the server, it ends with it, also when that was killed.
  process.once('disconnect', stop)
  try {
    const address = await app.listen({ port: settings.port, host: '127.0.0.1' })
    process.stdout.write(`Lead Router, the example app: ${address}\n`)
  } catch (error) {
    fail(sentenceOf(error, settings.port))
  }
}

main().catch((error: unknown) => fail((error as Error).message))

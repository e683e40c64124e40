import { createServer } from 'node:http'

/** Where the demo world's Lead Router has its webhooks sent. */
const port = 4100

/**
 * Answers the webhooks of the contacts that are created. Were nobody there, every one of them would be signed and tried a dozen
 * times, and the bench would measure that. Where the port is taken, whoever has it answers.
 */
export const startReceiver = async () => {
  const server = createServer((request, response) => request.resume().once('end', () => response.end('ok')))
  await new Promise<void>((resolve) => server.once('error', () => resolve()).listen(port, '127.0.0.1', () => resolve()))
  return {
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

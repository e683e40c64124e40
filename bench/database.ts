import { pathToFileURL } from 'node:url'

interface Embedded {
  readonly connection: object
  stop(): Promise<void>
}

/**
 * The product's own PostgreSQL, with its own settings, started apart from it so that a peer can ask the same rows.
 * Entered by file and not by name: what the server offers is its index, and this is no part of it.
 */
export const startDatabase = async (dataDir: string) => {
  const built = (file: string) => pathToFileURL(`packages/server/dist/database/${file}`).href
  const { startEmbedded } = (await import(built('embedded.js'))) as {
    startEmbedded(options: { dataDir: string }): Promise<Embedded>
  }
  const { connectionUrl } = (await import(built('connection.js'))) as { connectionUrl(connection: object): string }
  const embedded = await startEmbedded({ dataDir })
  return { url: connectionUrl(embedded.connection), stop: () => embedded.stop() }
}

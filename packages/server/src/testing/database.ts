import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, connectionUrl } from '../database/connection.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated database that clones are made of. Nobody may stay connected to it. */
    templateDatabase: Connection
  }
}

export interface ClonedDatabase {
  connection: Connection
  /** The same as a `DATABASE_URL`. */
  url: string
  /** Removes the database, and cuts off whoever is still connected. */
  drop(): Promise<void>
}

/** A migrated, empty database of one's own. For a whole test file: `beforeAll` clones, `afterAll` drops. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const template = inject('templateDatabase')
  const database = `test_${randomBytes(8).toString('hex')}`
  const connection = { ...template, database }
  await administer(template, `create database ${database} template ${template.database}`)
  const drop = () => administer(template, `drop database if exists ${database} with (force)`)
  return { connection, url: connectionUrl(connection), drop }
}

async function administer(template: Connection, statement: string): Promise<void> {
  const client = new pg.Client({ ...template, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

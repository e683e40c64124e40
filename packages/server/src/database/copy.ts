import type pg from 'pg'

/** What the driver calls of a statement that is not one of its own queries. */
class CopyIn {
  constructor(
    private readonly text: string,
    private readonly rows: string,
    private readonly ended: (error?: Error) => void,
  ) {}

  submit(connection: pg.Connection): void {
    connection.query(this.text)
  }

  handleCopyInResponse(connection: pg.Connection): void {
    const sending = connection as unknown as { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }
    // Half a surrogate pair becomes U+FFFD here.
    sending.sendCopyFromChunk(Buffer.from(this.rows))
    sending.endCopyFrom()
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.ended()
  }

  handleError(error: Error): void {
    this.ended(error)
  }
}

const special = /[\\\n\r\t\0]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\ufffd' }
const everySpecial = new RegExp(special, 'g')

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '\\N'
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'string' ? value : `${value}`
  return special.test(text) ? text.replace(everySpecial, (found) => escapes[found] as string) : text
}

/** One row as PostgreSQL's COPY reads it. Text, numbers, dates and null; what a text column cannot hold becomes U+FFFD. */
export const copyRow = (values: readonly unknown[]): string => `${values.map(cell).join('\t')}\n`

/**
 * Appends rows by COPY, which costs PostgreSQL half of an insert out of JSON. All of them or none.
 *
 * @param into the table and its columns, quoted, in the order of the rows' cells
 * @param rows rows of `copyRow`, one after the other
 * @throws the database's own error
 */
export const copyInto = async (pool: pg.Pool, into: string, rows: string): Promise<void> => {
  const client = await pool.connect()
  try {
    await new Promise<void>((resolve, reject) => {
      client.query(new CopyIn(`copy ${into} from stdin`, rows, (error) => (error ? reject(error) : resolve())) as never)
    })
  } catch (error) {
    client.release(error as Error)
    throw error
  }
  client.release()
}

/** Where a PostgreSQL server listens and who asks. `host` is a name, an address or the folder of a Unix socket. */
export interface Connection {
  host: string
  /** Absent: 5432. */
  port?: number
  user: string
  password?: string
  database: string
}

/** The same as a URL that `pg`, libpq and `DATABASE_URL` understand, also for a Unix socket. */
export function connectionUrl({ host, port, user, password, database }: Connection): string {
  const who = encodeURIComponent(user) + (password === undefined ? '' : `:${encodeURIComponent(password)}`)
  const name = encodeURIComponent(database)
  const at = port === undefined ? '' : `:${port}`
  if (host.startsWith('/')) return `postgres://${who}@localhost${at}/${name}?host=${encodeURIComponent(host)}`
  return `postgres://${who}@${host.includes(':') ? `[${host}]` : host}${at}/${name}`
}

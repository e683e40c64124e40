import type { Pool, PoolClient } from 'pg'

const retryMs = 1_000

export interface Hearing {
  /** Something was said: by another process or by this one. */
  heard(): void
  /** Begun, or broken off: what is said in between is heard by nobody. */
  listening(yes: boolean): void
}

/** Hears what is said on a channel (`pg_notify`), on a connection of its own; begins again when that breaks. */
export const listenTo = (pool: Pool, channel: string, { heard, listening }: Hearing) => {
  let client: PoolClient | undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const lost = (error?: Error) => {
    if (!client) return
    const broken = client
    client = undefined
    broken.removeAllListeners('notification')
    broken.release(error ?? true)
    listening(false)
    if (!stopped) timer = setTimeout(begin, retryMs)
  }

  const begin = async (): Promise<void> => {
    try {
      const made = await pool.connect()
      if (stopped) return made.release()
      client = made
      const broken = (error?: Error) => client === made && lost(error)
      made.on('error', broken)
      made.on('end', () => broken())
      made.on('notification', () => heard())
      await made.query(`listen ${channel}`)
      listening(true)
    } catch (error) {
      if (client) lost(error as Error)
      else if (!stopped) timer = setTimeout(begin, retryMs)
    }
  }

  return {
    start: begin,
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      lost()
    },
  }
}

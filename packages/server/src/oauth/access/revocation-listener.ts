import type { Pool, PoolClient } from 'pg'
import { revokedChannel } from './families.sql.js'

const retryMs = 1_000

/** Hears of revocations by other processes, on a connection of its own; begins again when that breaks. */
export const listenForRevocations = (pool: Pool, heard: () => void, listening: (yes: boolean) => void) => {
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
      made.on('notification', heard)
      await made.query(`listen ${revokedChannel}`)
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

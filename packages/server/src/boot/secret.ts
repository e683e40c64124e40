import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.js'

/** The text itself, or the one that the first start leaves in the data folder for its owner only. */
const textOf = ({ secret, dataDir }: Pick<Config, 'secret' | 'dataDir'>): string => {
  if (secret) return secret
  const file = join(dataDir, 'secret')
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}

/** The 32 bytes that seal private keys and readable secrets. */
export const readSecret = (config: Pick<Config, 'secret' | 'dataDir'>): Buffer =>
  createHash('sha256').update(textOf(config)).digest()

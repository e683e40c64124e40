import { resolve } from 'node:path'
import type { Io } from './io.js'

/** The data folder: `--data`, `GROUNDLEVEL_DATA`, `./.groundlevel`. */
export const dataFolder = (data: string | undefined, env: Io['env']): string =>
  resolve(data ?? (env.GROUNDLEVEL_DATA || '.groundlevel'))

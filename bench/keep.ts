import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from './database.js'
import { startProduct } from './product.js'
import { openWorld, type World } from './scale/world.js'

/** Gives a bench a folder of its own, prints what it says and keeps it as `bench/results/<name>.md`. */
export const keep = async (name: string, bench: (scratch: string) => Promise<string>): Promise<void> => {
  const scratch = mkdtempSync(join(tmpdir(), `groundlevel-${name}-`))
  // PostgreSQL runs under another account when we are root: the scratch folder lets it through.
  chmodSync(scratch, 0o755)
  try {
    const text = await bench(scratch)
    mkdirSync('bench/results', { recursive: true })
    writeFileSync(`bench/results/${name}.md`, `${text}\n`)
    console.log(text)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Does some work with a product on a database of its own. */
export const inWorld = async <T>(scratch: string, work: (world: World) => Promise<T>): Promise<T> => {
  const database = await startDatabase(join(scratch, 'database'))
  try {
    const product = await startProduct(join(scratch, 'product'), database.url)
    try {
      const world = await openWorld(database.url, product)
      return await work(world).finally(() => world.close())
    } finally {
      await product.stop()
    }
  } finally {
    await database.stop()
  }
}

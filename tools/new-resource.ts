import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { namesOf } from './resource-names.js'
import { scaffold } from './scaffold.js'

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const main = () => {
  const names = namesOf(...(process.argv.slice(2) as [string?, string?, string?]))
  const files = scaffold(names, { read, list: readdirSync })
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(path)
  }
  execFileSync('npx', ['biome', 'check', '--write', ...files.keys()], { stdio: 'ignore' })
  console.log(`
Now make it yours: fields and paths in the contract, the columns in the migration and in database/tables/.
Then mount it: add ...${names.one}Handlers() to packages/server/src/crm/${names.module}/index.ts, and run \`npm run surface\`.`)
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

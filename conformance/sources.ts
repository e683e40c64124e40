import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve as resolvePath } from 'node:path'
import { allOperations } from '@groundlevel/contracts'
import { openApi } from '../tools/openapi.js'
import { type Described, type OpenApi, operationsOf } from './document.js'
import type { JsonSchema, Resolve } from './shape.js'

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown

/** Follows `#/a/b` and `../other.json#/a/b`, each file read once. */
const resolverOf = (file: string, documents: Map<string, unknown>): Resolve => {
  const load = (path: string) => {
    if (!documents.has(path)) documents.set(path, existsSync(path) ? readJson(path) : {})
    return documents.get(path)
  }
  return (ref) => {
    const [at = '', pointer = ''] = ref.split('#')
    let here: unknown = load(at === '' ? file : resolvePath(dirname(file), at))
    for (const step of pointer.split('/').filter(Boolean)) here = (here as Record<string, unknown> | undefined)?.[step]
    return here as JsonSchema | undefined
  }
}

/** The official operations of a folder of specifications, v2 or v3. */
export const officialOperations = (folder: string, api: 'v2' | 'v3' = 'v2'): Described[] => {
  const here = join(folder, 'apps', ...(api === 'v3' ? ['v3'] : []))
  const documents = new Map<string, unknown>()
  return readdirSync(here)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const file = join(here, name)
      return operationsOf(name.replace(/\.json$/, ''), readJson(file) as OpenApi, resolverOf(file, documents))
    })
}

/** Our operations as our own document describes them; the portal's are nobody's promise but ours. */
export const ourOperations = (): Described[] => {
  const modules = new Map<string, (typeof allOperations)[number][]>()
  for (const each of allOperations) modules.set(each.module, [...(modules.get(each.module) ?? []), each])
  return [...modules]
    .flatMap(([module, operations]) => operationsOf(module, openApi(module, operations) as unknown as OpenApi, () => undefined))
    .filter(({ path }) => !/^\/(_ground|\.well-known|health)/.test(path))
}

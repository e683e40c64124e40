import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'

export const bundleUrl = new URL('../bundle/main.cjs', import.meta.url)
export const cacheUrl = new URL('../bundle/main.cache', import.meta.url)

/** @param {URL} url */
const readIf = (url) => {
  try {
    return readFileSync(url)
  } catch {
    return undefined
  }
}

/**
 * Runs the bundle. Beside it lies what V8 made of it in an earlier start (tools/warm-bundle.mjs), so that nothing has to be
 * compiled; another version of V8 leaves that aside and compiles.
 */
export const runBundle = () => {
  const filename = fileURLToPath(bundleUrl)
  // Pure ASCII: one byte a character, and nothing to decode.
  const source = readFileSync(filename, 'latin1')
  const script = new Script(source, {
    filename,
    cachedData: readIf(cacheUrl),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, dirname(filename))
  return script
}

import { badRequest, found } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { Download } from '../../../http/download.js'
import { implement } from '../../../http/implement.js'
import { toLine } from './csv.js'
import type { Importer } from './imports.jobs.js'
import { type Imports, importsOf } from './imports.sql.js'

const pageRows = 1000

const errorLines = async function* (imports: Imports, id: string, headers: readonly string[]) {
  yield `\ufeff${toLine(['row', 'reason', ...headers])}`
  for (let last = 0; ; ) {
    const rows = await imports.errorsAfter(id, last, pageRows)
    if (rows.length > 0) yield rows.map(({ row, reason, cells }) => toLine([String(row), reason, ...cells])).join('')
    last = rows.at(-1)?.row ?? last
    if (rows.length < pageRows) return
  }
}

export const importHandlers = ({ wake }: Pick<Importer, 'wake'>) =>
  implement(contract.imports, ({ db, locationId }) => ({ imports: importsOf(db, locationId) }), {
    list: async ({ query }, { imports }) => ({ imports: (await imports.list(query.limit, query.skip)).items }),

    get: async ({ importId }, { imports }) => ({ import: found(await imports.find(importId), 'Import') }),

    errors: async ({ importId }, { imports }) => {
      found(await imports.find(importId), 'Import')
      const headers = (await imports.headers(importId)) ?? []
      return new Download('refused-rows.csv', 'text/csv; charset=utf-8', errorLines(imports, importId, headers))
    },

    start: async ({ importId }, { imports, now, afterCommit }) => {
      found(await imports.find(importId), 'Import')
      const started = await imports.restart(importId, now)
      if (!started)
        throw badRequest(
          'Only a dry run that has ended can be started in earnest, while its file is kept: a day. Upload the file again.',
        )
      afterCommit(wake)
      return { import: started }
    },

    cancel: async ({ importId }, { imports, now }) => {
      const before = found(await imports.find(importId), 'Import')
      return { import: (await imports.cancel(importId, now)) ?? before }
    },
  })

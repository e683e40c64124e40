import { badRequest, found } from '@groundlevel/contract-kit'
import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../../http/implement.js'
import type { Importer } from './imports.jobs.js'
import { importsOf } from './imports.sql.js'

export const importHandlers = ({ wake }: Pick<Importer, 'wake'>) =>
  implement(contract.imports, ({ db, locationId }) => ({ imports: importsOf(db, locationId) }), {
    list: async ({ query }, { imports }) => ({ imports: (await imports.list(query.limit, query.skip)).items }),

    get: async ({ importId }, { imports }) => ({ import: found(await imports.find(importId), 'Import') }),

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

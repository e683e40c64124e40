import { badRequest, found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Db } from '../../database/wire.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import type { Apps } from '../apps/index.js'
import { type KeyRow, keysOf } from './keys.sql.js'

/** What client keys ask of other rooms. */
export interface KeysParts {
  readonly apps: Pick<Apps, 'ownApp' | 'createKey' | 'forget'>
  /** Ends whatever was granted to a client. */
  revokeClient(db: Db, clientId: string, because: string, now: Date): Promise<void>
  /** Call it once that has committed. */
  forgetTokens(): void
}

/** Enough for every environment and a rotation of each. */
const maxKeys = 20

const shown = ({ id, name, clientId, secretHint, dateAdded, lastUsedAt }: KeyRow) => ({
  id,
  name,
  clientId,
  secretHint,
  dateAdded: dateAdded.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

const audit = ({ db, now, traceId, person, call }: Context, act: string, appId: string, clientId: string) =>
  writeAudit(db, { at: now, act, traceId, accountId: person.accountId, appId, ip: call.request.ip, detail: { clientId } })

/** Client ids and secrets of an app: several at once, so that one can be rotated while the other still works. */
export const keyHandlers = ({ apps, revokeClient, forgetTokens }: KeysParts): readonly Implementation[] =>
  implement(
    api.apps.keys,
    (context, { appId }) => ({ context, mine: async () => found(await apps.ownApp(context.person, appId ?? ''), 'App') }),
    {
      list: async ({ appId }, { mine, db }) => {
        await mine()
        return { keys: (await keysOf(db).ofApp(appId)).map(shown) }
      },
      create: async ({ appId, body }, { context, mine, db, now }) => {
        await mine()
        if ((await keysOf(db).ofApp(appId)).length >= maxKeys)
          throw badRequest(`An app has ${maxKeys} client keys at most: delete one that is no longer used.`)
        const { key, clientSecret } = await apps.createKey(db, appId, body.name.trim(), now)
        await audit(context, 'secret.create', appId, key.clientId)
        return { key: shown(key), clientSecret }
      },
      remove: async ({ appId, keyId }, { context, mine, db, now }) => {
        await mine()
        const { clientId } = found(await keysOf(db).remove(appId, keyId), 'Client key')
        // A key is deleted when its secret is out, or no longer needed: what was had with it ends too.
        await revokeClient(db, clientId, 'client key deleted', now)
        await audit(context, 'secret.delete', appId, clientId)
        context.afterCommit(() => {
          apps.forget(appId, [clientId])
          forgetTokens()
        })
        return { succeeded: true }
      },
    },
  )

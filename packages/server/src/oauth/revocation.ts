import { writeAudit } from '../audit.js'
import type { Db } from '../database/wire.js'
import type { TokenLog, UninstallListener, Work } from '../marketplace/installs/index.js'
import { familiesOf } from './access/families.sql.js'
import type { TokenCache } from './access/token-cache.js'
import { privateTokensOf } from './private/private-tokens.sql.js'

export interface Because {
  readonly now: Date
  readonly traceId: string | null
  /** For the audit. */
  readonly act: string
  readonly ip?: string | null
}

/** Ends grants. Other processes hear of it at commit; this one forgets at once. */
export const createRevoke = (cache: TokenCache, log: TokenLog) => {
  /** Uninstalling ends codes that wait, families that live, and with them every token. */
  const onUninstalled: UninstallListener = async ({ db, now, traceId, afterCommit }, removed) => {
    const ids = removed.map((install) => install.installId)
    await familiesOf(db).endCodes(ids, now)
    const ended = await familiesOf(db).endOfInstalls(ids, 'uninstalled', now)
    for (const { id, ...tenant } of ended) {
      await log.tokenIn(db, {
        ...tenant,
        at: now,
        traceId,
        act: 'revoke',
        kind: 'token',
        familyId: id,
        ok: true,
        why: 'uninstalled',
      })
    }
    afterCommit(() => cache.forget())
  }

  return {
    /** In a transaction of its own: it outlives the refusal that it comes with. */
    family: async (pool: Db, familyId: string, why: string, { now, traceId, act, ip = null }: Because): Promise<void> => {
      await pool.transaction().execute(async (db) => {
        const [ended] = await familiesOf(db).end(familyId, why, now)
        if (!ended) return
        const { id, ...tenant } = ended
        await log.tokenIn(db, { ...tenant, at: now, traceId, act: 'revoke', kind: 'token', familyId: id, ok: false, why })
        const { appId, companyId, locationId } = tenant
        await writeAudit(db, { at: now, act, appId, companyId, locationId, traceId, ip, detail: { familyId: id, why } })
      })
      cache.forget()
    },
    onUninstalled,
    /** A sub-account ends, and with it every token for it: those of its own installs, those that an agency's were exchanged for, private ones. */
    ofLocation: async ({ db, now, afterCommit }: Pick<Work, 'db' | 'now' | 'afterCommit'>, locationId: string): Promise<void> => {
      await familiesOf(db).endOfLocation(locationId, 'the sub-account was deleted', now)
      await privateTokensOf(db).revokeOfLocation(locationId, now)
      await familiesOf(db).announce()
      afterCommit(() => cache.forget())
    },
  }
}

export type Revoke = ReturnType<typeof createRevoke>

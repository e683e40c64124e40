import { writeAudit } from '../../audit.js'
import { uninstallPayload } from './installs.rules.js'
import { type InstallRow, installsOf } from './installs.sql.js'
import type { TokenLog } from './parts.js'
import { type Actor, aboutOf, logAct, type UninstallListener, type UninstallWork } from './work.js'

const auditRemoval = (work: UninstallWork, install: InstallRow, { because, accountId = null, ip = null }: Actor) =>
  writeAudit(work.db, {
    at: work.now,
    act: 'install.remove',
    accountId,
    appId: install.appId,
    companyId: install.companyId,
    locationId: install.locationId,
    traceId: work.traceId,
    ip,
    detail: { installId: install.installId, because },
  })

export const createUninstall = (log: TokenLog) => {
  const listeners: UninstallListener[] = []
  /** Ends an install: its tokens die with it, UNINSTALL goes out. False where it had ended already. */
  const uninstall = async (work: UninstallWork, installId: string, actor: Actor): Promise<boolean> => {
    const removed = await installsOf(work.db).end(installId, work.now)
    if (removed.length === 0) return false
    for (const listener of listeners) await listener(work, removed)
    for (const install of removed) {
      await work.emit('UNINSTALL', uninstallPayload(install), aboutOf(install))
      await logAct(log, work, install, 'uninstall', actor.because)
      await auditRemoval(work, install, actor)
    }
    return true
  }
  return {
    /** Registers who must act when an install ends: tokens are revoked, deliveries cancelled. */
    onUninstalled: (listener: UninstallListener): void => {
      listeners.push(listener)
    },
    uninstall,
    /** The same for everything that was added to one sub-account. */
    uninstallAt: async (work: UninstallWork, locationId: string, actor: Actor): Promise<void> => {
      for (const { installId } of await installsOf(work.db).atLocation(locationId)) await uninstall(work, installId, actor)
    },
  }
}

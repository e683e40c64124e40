import type { Tenant, WebhookPorts } from '../ports.js'
import { judge } from './fanout.rules.js'

/** Whether an installed app would receive such an event of this tenant now: who makes very many asks before making them. */
export const isAwaited = async (
  type: string,
  tenant: Tenant,
  ports: Pick<WebhookPorts, 'installsFor' | 'app' | 'eventSettings'>,
): Promise<boolean> => {
  for (const install of await ports.installsFor(tenant)) {
    const [app, settings] = await Promise.all([ports.app(install.appId), ports.eventSettings(install.appId)])
    if ('url' in judge({ type, test: false }, install, app, settings)) return true
  }
  return false
}

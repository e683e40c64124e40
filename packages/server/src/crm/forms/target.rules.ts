import { unprocessable } from '@groundlevel/contract-kit'
import type { Settings } from './fields.rules.js'

/** Where a page leads on to. Its host goes into the policy of the page, in which `;` and the like would begin a new rule. */
export const targetOf = ({ redirectTo }: Settings): URL | undefined => {
  if (!redirectTo || !URL.canParse(redirectTo)) return undefined
  const url = new URL(redirectTo)
  return /^https?:$/.test(url.protocol) && /^[\w.:[\]-]+$/.test(url.host) ? url : undefined
}

/** @throws WireError 422 where a browser could not be led there, or not safely */
export const demandTarget = (settings: Settings | undefined): void => {
  if (settings?.redirectTo && !targetOf(settings)) throw unprocessable(['settings.redirectTo must be a URL address'])
}

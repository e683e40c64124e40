import { scopeByName } from '@groundlevel/contracts'

/** Scopes that a sub-account can grant: those of the agency's own level are left out. */
export const locationScopes = (scopes: Iterable<string>): string[] =>
  [...scopes].filter((name) => scopeByName.get(name)?.agencyOnly !== true)

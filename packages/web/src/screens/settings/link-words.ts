/** Where a trigger link is followed; `?contact=<id>` says for whom. */
export const urlOf = (linkId: string): string => `${window.location.origin}/_ground/l/${linkId}`

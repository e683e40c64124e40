import type { Attribution } from '../contacts/index.js'

/** `eventData` of a submission, in the documented names. */
export const eventDataOf = (visit: Attribution, form: { kind: 'form' | 'survey'; id: string; name: string }, now: Date) => {
  const { url, utmSource, utmMedium, referrer } = visit
  return {
    page: { url, title: form.name },
    type: 'page-visit',
    domain: new URL(url).hostname,
    medium: form.kind,
    mediumId: form.id,
    parentId: form.id,
    parentName: form.name,
    source: utmSource ?? (referrer ? 'Referral' : 'Direct traffic'),
    ...(utmMedium ? { adSource: utmMedium } : {}),
    ...(referrer ? { referrer } : {}),
    pageVisitType: form.kind,
    timestamp: now.getTime(),
    version: 'v3',
  }
}

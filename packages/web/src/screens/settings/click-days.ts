const dayMs = 86_400_000

export interface Day {
  /** `2026-11-22`, in the person's own zone. */
  readonly date: string
  readonly clicks: number
}

const dateOf = (atMs: number) => {
  const at = new Date(atMs)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Clicks of each of the last days, days without any included. */
export const clicksByDay = (clickedAt: readonly string[], nowMs: number, days = 14): readonly Day[] => {
  const counts = new Map<string, number>()
  for (const at of clickedAt) {
    const date = dateOf(Date.parse(at))
    counts.set(date, (counts.get(date) ?? 0) + 1)
  }
  return Array.from({ length: days }, (_, index) => {
    const date = dateOf(nowMs - (days - 1 - index) * dayMs)
    return { date, clicks: counts.get(date) ?? 0 }
  })
}

export interface OfContact {
  /** '' for clicks that no contact is known of. */
  readonly contactId: string
  readonly clicks: number
  readonly lastAt: string
}

/** Clicks of each contact, those who clicked most first. The newest click comes first in what is given. */
export const clicksByContact = (
  clicks: readonly { readonly contactId?: string | null; readonly clickedAt?: string | null }[],
): readonly OfContact[] => {
  const found = new Map<string, OfContact>()
  for (const { contactId, clickedAt } of clicks) {
    const id = contactId ?? ''
    const before = found.get(id)
    found.set(id, { contactId: id, clicks: (before?.clicks ?? 0) + 1, lastAt: before?.lastAt ?? clickedAt ?? '' })
  }
  return [...found.values()].sort((a, b) => b.clicks - a.clicks)
}

/** Do-not-disturb of one channel. */
export interface DndSetting {
  readonly status: 'active' | 'inactive' | 'permanent'
  readonly message?: string
  readonly code?: string
}

export type DndSettings = Readonly<Record<string, DndSetting | undefined>>

/** Channels as v3 spells them, by the name they are kept under. */
const channels: Readonly<Record<string, string>> = {
  call: 'Call',
  email: 'Email',
  sms: 'SMS',
  whatsApp: 'WhatsApp',
  gmb: 'GMB',
  fb: 'FB',
}

/** Settings under the channels' own names, whichever version named them. */
export const dndByChannel = (sent: DndSettings): DndSettings =>
  Object.fromEntries(Object.entries(sent).map(([name, setting]) => [channels[name] ?? name, setting]))

/** A channel that was sent is replaced as a whole, the others stay. */
export const mergeDnd = (before: unknown, sent: DndSettings): DndSettings => ({ ...((before ?? {}) as DndSettings), ...sent })

const plain = ({ status, message, code }: Partial<DndSetting> = {}) => JSON.stringify([status, message, code])

/** Whether two settings say the same of every channel. */
export const sameDnd = (before: unknown, after: DndSettings): boolean => {
  const earlier = (before ?? {}) as DndSettings
  return [...new Set([...Object.keys(earlier), ...Object.keys(after)])].every(
    (channel) => plain(earlier[channel]) === plain(after[channel]),
  )
}

const refusing = (setting: DndSetting | undefined) => setting !== undefined && setting.status !== 'inactive'

/** Of two people who turn out to be one: a channel that either refused stays refused. */
export const strictestDnd = (kept: unknown, merged: unknown): DndSettings => {
  const [own, other] = [(kept ?? {}) as DndSettings, (merged ?? {}) as DndSettings]
  const stricter = Object.entries(other).filter(
    ([channel, setting]) => !own[channel] || (refusing(setting) && !refusing(own[channel])),
  )
  return { ...own, ...Object.fromEntries(stricter) }
}

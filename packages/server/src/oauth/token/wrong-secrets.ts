const hourMs = 3_600_000
const mostAnHour = 60

/**
 * Whether an app's timeline takes one more attempt with a wrong secret. Client ids are public and anybody may guess, so the
 * log of an app has sixty of them an hour; an app has one entry here, however many there were.
 */
export const createWrongSecrets = () => {
  const hours = new Map<string, { readonly began: number; told: number }>()
  return (appId: string, nowMs: number): boolean => {
    const known = hours.get(appId)
    const hour = known && nowMs - known.began < hourMs ? known : { began: nowMs, told: 0 }
    if (hour !== known) hours.set(appId, hour)
    hour.told++
    return hour.told <= mostAnHour
  }
}

export type WrongSecrets = ReturnType<typeof createWrongSecrets>

/** One request that came to the webhook address, whether or not it is to be believed. */
export interface Arrival {
  readonly id: number
  readonly at: string
  readonly verified: boolean
  /** The event's name; what an unverified body says is shown as its claim. */
  readonly type: string
  readonly locationId: string
  readonly appId: string
  readonly webhookId: string
  /** Why it was refused, or what was done about it. */
  readonly note: string
  readonly body: string
}

const kept = 200

const textIn = (body: string, field: string): string => {
  try {
    const value = (JSON.parse(body) as Record<string, unknown> | null)?.[field]
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}

/** The last arrivals, newest first. */
export class Arrivals {
  #rows: readonly Arrival[] = []
  #next = 1

  constructor(private readonly now: () => Date) {}

  add({ verified, note, body }: Pick<Arrival, 'verified' | 'note' | 'body'>): void {
    const said = (field: string) => textIn(body, field)
    const row: Arrival = {
      id: this.#next,
      at: this.now().toISOString(),
      verified,
      type: said('type') || 'unknown',
      locationId: said('locationId'),
      appId: said('appId'),
      webhookId: said('webhookId'),
      note,
      body,
    }
    this.#next += 1
    this.#rows = [row, ...this.#rows].slice(0, kept)
  }

  list(): readonly Arrival[] {
    return this.#rows
  }
}

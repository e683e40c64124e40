/** The most requests that one process has in flight to one URL: a slow receiver cannot take all. */
export const perUrlLimit = 32

/** Deliveries that this process is sending, or has sent without having written the result. */
export interface Flights {
  readonly size: number
  has(deliveryId: string): boolean
  /** URLs with requests in flight, and how many more each may have. */
  room(): ReadonlyMap<string, number>
  /** Counts a request until it ends; its delivery stays until `forget`. */
  begin(deliveryId: string, url: string, request: Promise<void>): void
  forget(deliveryId: string): void
  /** Resolves when no request is in flight. */
  landed(): Promise<void>
}

/** @param onRoom hears that a URL which may have been full has room again for half of its requests */
export const createFlights = (onRoom: () => void): Flights => {
  const ids = new Set<string>()
  const byUrl = new Map<string, number>()
  const requests = new Set<Promise<void>>()

  const end = (url: string) => {
    const left = (byUrl.get(url) ?? 1) - 1
    if (left === 0) byUrl.delete(url)
    else byUrl.set(url, left)
    if (left === perUrlLimit / 2) onRoom()
  }

  return {
    get size() {
      return ids.size
    },
    has: (id) => ids.has(id),
    room: () => new Map([...byUrl].map(([url, count]) => [url, perUrlLimit - count])),
    begin: (id, url, request) => {
      ids.add(id)
      byUrl.set(url, (byUrl.get(url) ?? 0) + 1)
      requests.add(request)
      void request.finally(() => {
        requests.delete(request)
        end(url)
      })
    },
    forget: (id) => void ids.delete(id),
    landed: async () => void (await Promise.all(requests)),
  }
}

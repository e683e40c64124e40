const windowMs = 10_000
const dayMs = 86_400_000

/** What the live service grants an app on one resource (product M14). */
export const quota = { perWindow: 100, perDay: 200_000 }

interface Bucket {
  windowEnds: number
  inWindow: number
  dayEnds: number
  inDay: number
}

export interface Count {
  readonly allowed: boolean
  readonly remaining: number
  readonly dailyRemaining: number
  readonly dailyResetMs: number
  readonly retryAfterSeconds: number
}

/** Real time, whatever the lab's clock says: quotas protect the machine. */
const realNow = () => performance.timeOrigin + performance.now()

const fresh = (now: number): Bucket => ({
  windowEnds: now + windowMs,
  inWindow: 0,
  dayEnds: (Math.floor(now / dayMs) + 1) * dayMs,
  inDay: 0,
})

/** Counts calls by app and resource. Days are UTC. Buckets that nobody uses are dropped at the next sweep. */
export const createRateLimits = (mode: 'on' | 'off') => {
  const buckets = new Map<string, Bucket>()
  let sweepAt = 0

  const sweep = (now: number) => {
    sweepAt = now + 60_000
    for (const [name, bucket] of buckets) if (bucket.dayEnds <= now) buckets.delete(name)
  }

  return {
    /** A quota that nothing has been taken from, for replies to nobody in particular. */
    untouched: (): Count => {
      const now = realNow()
      return {
        allowed: true,
        remaining: quota.perWindow,
        dailyRemaining: quota.perDay,
        dailyResetMs: Math.ceil(fresh(now).dayEnds - now),
        retryAfterSeconds: 0,
      }
    },
    count: (name: string): Count => {
      const now = realNow()
      if (now >= sweepAt) sweep(now)
      const known = buckets.get(name)
      const bucket = known && known.dayEnds > now ? known : fresh(now)
      if (bucket !== known) buckets.set(name, bucket)
      if (bucket.windowEnds <= now) Object.assign(bucket, { windowEnds: now + windowMs, inWindow: 0 })
      const within = bucket.inWindow < quota.perWindow && bucket.inDay < quota.perDay
      const allowed = within || mode === 'off'
      if (allowed) {
        bucket.inWindow++
        bucket.inDay++
      }
      const waitMs = bucket.inDay >= quota.perDay ? bucket.dayEnds - now : bucket.windowEnds - now
      return {
        allowed,
        remaining: Math.max(0, quota.perWindow - bucket.inWindow),
        dailyRemaining: Math.max(0, quota.perDay - bucket.inDay),
        dailyResetMs: Math.ceil(bucket.dayEnds - now),
        retryAfterSeconds: Math.ceil(waitMs / 1000),
      }
    },
  }
}

export type RateLimits = ReturnType<typeof createRateLimits>

/** The six headers of every reply (live facts). */
export const rateHeaders = (count: Count): Record<string, string> => ({
  'x-ratelimit-limit-daily': String(quota.perDay),
  'x-ratelimit-daily-remaining': String(count.dailyRemaining),
  'x-ratelimit-daily-reset': String(count.dailyResetMs),
  'x-ratelimit-interval-milliseconds': String(windowMs),
  'x-ratelimit-max': String(quota.perWindow),
  'x-ratelimit-remaining': String(count.remaining),
})

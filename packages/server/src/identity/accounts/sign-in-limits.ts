import { WireError } from '@groundlevel/contract-kit'
import ipaddr from 'ipaddr.js'

interface Rule {
  readonly tries: number
  readonly windowMs: number
}

export interface SignInRules {
  readonly account: Rule
  /** Per /24 of IPv4 and per /64 of IPv6: what one person can easily have many of. */
  readonly network: Rule
}

const defaults: SignInRules = {
  account: { tries: 10, windowMs: 5 * 60_000 },
  network: { tries: 100, windowMs: 15 * 60_000 },
}

interface Window {
  count: number
  readonly until: number
}

/** What became of a try. `undecided`: the password was not looked at. */
export type Outcome = 'right' | 'wrong' | 'undecided'

export interface SignInLimits {
  /**
   * Counts a try that names no account's password, such as a sign-up: whoever learns from it that an e-mail is taken
   * learns no more than a hundred of them.
   *
   * @throws WireError 429 with `Retry-After` in seconds
   */
  visit(ip: string): (outcome: Exclude<Outcome, 'right'>) => void
  /**
   * Counts a try before its password is looked at, so that a thousand at once are no way around.
   *
   * @throws WireError 429 with `Retry-After` in seconds
   */
  begin(email: string, ip: string): (outcome: Outcome) => void
}

const maxWindows = 50_000

/** The network that an address belongs to, as one text. */
export const networkOf = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  const bytes = address.toByteArray().slice(0, address.kind() === 'ipv4' ? 3 : 8)
  return `${address.kind()}:${bytes.join('.')}`
}

const tooMany = (waitMs: number) => {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  const message = `Too many tries. Wait ${seconds} s, then try again.`
  return new WireError(
    429,
    { statusCode: 429, message, error: 'Too Many Requests' },
    { headers: { 'retry-after': String(seconds) } },
  )
}

/** Counts failed sign-ins in memory, per account and per network; nobody who is signed in is ever affected. */
export const createSignInLimits = (
  rules: SignInRules = defaults,
  millis: () => number = () => performance.now(),
): SignInLimits => {
  const windows = new Map<string, Window>()

  const makeRoom = (at: number) => {
    for (const [key, window] of windows) if (window.until <= at) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < maxWindows) return
      windows.delete(key)
    }
  }
  const windowOf = (key: string, rule: Rule, at: number): Window => {
    const known = windows.get(key)
    if (known && known.until > at) return known
    if (windows.size >= maxWindows) makeRoom(at)
    const window = { count: 0, until: at + rule.windowMs }
    windows.set(key, window)
    return window
  }

  const take = (key: string, rule: Rule) => {
    const at = millis()
    const window = windowOf(key, rule, at)
    if (window.count >= rule.tries) throw tooMany(window.until - at)
    window.count++
    return () => void window.count--
  }
  /** A try that is refused for its account counts for nothing. */
  const takeAccount = (key: string, giveBack: () => void) => {
    try {
      return take(key, rules.account)
    } catch (error) {
      giveBack()
      throw error
    }
  }
  const takeNetwork = (ip: string) => take(`network ${networkOf(ip)}`, rules.network)

  return {
    visit: (ip) => {
      const giveBack = takeNetwork(ip)
      return (outcome) => {
        if (outcome === 'undecided') giveBack()
      }
    },
    begin: (email, ip) => {
      const accountKey = `account ${email.toLowerCase()}`
      const giveBackNetwork = takeNetwork(ip)
      const giveBackAccount = takeAccount(accountKey, giveBackNetwork)
      return (outcome) => {
        if (outcome === 'wrong') return
        // A success gives its own try back, no other: else one known password would buy endless guesses at the rest.
        giveBackNetwork()
        if (outcome === 'right') windows.delete(accountKey)
        else giveBackAccount()
      }
    },
  }
}

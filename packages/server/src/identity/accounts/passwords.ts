import { problem } from '@groundlevel/contract-kit'
import argon2 from 'argon2'

/** OWASP's smallest recommended cost of argon2id: 19 MiB, two passes, one lane; about 50 ms. */
const cost = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Verified where nobody has the e-mail: an unknown person must take as long as a wrong password. */
const decoy = '$argon2id$v=19$m=19456,p=1,t=2$GFTFm6I3tdncU+cNi6Joow$IRw4iJ5Uu+eyczNjwGF8qSCNZWSBtTr7e7gAHQU8HQ4'

export interface Passwords {
  /** The text to store: algorithm, cost, salt and hash. */
  hash(password: string): Promise<string>
  /** Takes the same time with and without a stored hash; without one the answer is false. */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

export interface PasswordLimits {
  /** Hashes worked on at the same time: each holds 19 MiB and a thread. Default 2. */
  readonly atOnce?: number
  /** Callers that may wait; the next one hears 503. Default 64, about two seconds. */
  readonly waiting?: number
}

const busy = () => problem(503, 'Too many people are signing in. Try again in a moment.', { 'retry-after': '2' })

/** Lets few in at a time, and turns away whoever would wait too long. */
const createGate = (atOnce: number, waiting: number) => {
  let free = atOnce
  const queue: (() => void)[] = []
  const enter = () => {
    if (free > 0) {
      free--
      return Promise.resolve()
    }
    if (queue.length >= waiting) throw busy()
    return new Promise<void>((resolve) => queue.push(resolve))
  }
  const leave = () => {
    const next = queue.shift()
    if (next) next()
    else free++
  }
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}

/** Argon2id, a bounded number at a time. */
export const createPasswords = ({ atOnce = 2, waiting = 64 }: PasswordLimits = {}): Passwords => {
  const gate = createGate(atOnce, waiting)
  return {
    hash: (password) => gate(() => argon2.hash(password, cost)),
    verify: async (stored, password) => {
      const right = await gate(() => argon2.verify(stored ?? decoy, password))
      return right && stored !== undefined
    },
  }
}

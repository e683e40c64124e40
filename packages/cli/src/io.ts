/** What a command may touch of the process that runs it. */
export interface Io {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts when the person stops the command; the reason's message is the signal's name. */
  readonly signal: AbortSignal
}

/** One JSON document, as scripts read it. */
export const printJson = (io: Io, value: unknown) => io.out(JSON.stringify(value, null, 2))

/** Waits, or ends early (false) when the person stops the command. */
export const waited = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const done = (whole: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      resolve(whole)
    }
    const stop = () => done(false)
    const timer = setTimeout(() => done(true), ms)
    signal.addEventListener('abort', stop, { once: true })
  })

import type { TSchema } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { camelOf } from '../casing.js'
import { Download } from '../download.js'
import { hasShape } from '../validate/shape-check.js'

/** `always` throws (tests), `sample` looks at one reply in a hundred and says what it found (local start), `off` in production. */
export type ReplyChecking = 'always' | 'sample' | 'off'

const shapeOf = ({ operation, version }: Call): TSchema =>
  version === 'v3' && operation.v3?.casing === 'camel' ? camelOf(operation.reply as never) : operation.reply

const wrong = (call: Call): string | undefined => {
  const sent: unknown = JSON.parse(call.text)
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) delete (sent as { traceId?: string }).traceId
  return hasShape(shapeOf(call), sent)
    ? undefined
    : `${call.operation.key} sent a reply that its contract does not declare: ${call.text.slice(0, 2000)}`
}

/** Holds the text that is about to be sent against the contract, never what the handler returned. */
export const checkReply = (mode: ReplyChecking, say: (line: string) => void) => {
  let seen = 0
  return function checkReply(call: Call): void {
    if (call.result instanceof Download) return
    if (mode === 'off' || (mode === 'sample' && seen++ % 100 !== 0)) return
    const problem = wrong(call)
    if (!problem) return
    if (mode === 'always') throw new Error(problem)
    say(problem)
  }
}

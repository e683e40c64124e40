import type { Paging } from '@groundlevel/contract-kit'
import type { RawInput } from './request.js'

/** Every row of every page, asked for as the loop gets there (wire-contract §3.3). */
export async function* pages(page: Paging, ask: (input: RawInput) => Promise<unknown>, input: RawInput): AsyncGenerator<unknown> {
  let asked: Record<string, unknown> = { ...(input[page.in] as Record<string, unknown> | undefined) }
  while (true) {
    const reply = (await ask({ ...input, [page.in]: asked })) as Record<string, unknown>
    const rows = reply[page.items]
    if (Array.isArray(rows)) yield* rows
    const next = page.next(reply, asked)
    if (next === undefined) return
    asked = { ...asked, ...next }
  }
}

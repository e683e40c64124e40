import { newUuid } from '../../ids.js'
import type { Claimed, Finished } from './delivery.sql.js'
import type { Answer } from './outbound/send.js'
import { outcomeOf } from './outcome.rules.js'

/** What one try leaves behind: the row of the try, and where its delivery stands. */
export const resultOf = (
  row: Claimed,
  requestHeaders: Readonly<Record<string, string>>,
  answer: Answer,
  { startedAt, now, random }: { readonly startedAt: Date; readonly now: Date; readonly random: number },
): Finished => {
  const tries = row.attempts + 1
  const { state, runAt } = outcomeOf({ tries, manual: row.manual }, answer, now, random)
  const { status, durationMs, errorClass, error } = answer
  return {
    delivery: {
      id: row.id,
      state,
      attempts: tries,
      lastStatus: status,
      lastError: errorClass === '' ? null : error,
      lastDurationMs: durationMs,
      runAt,
      finishedAt: state === 'waiting' ? null : now,
    },
    attempt: {
      id: newUuid(),
      deliveryId: row.id,
      number: tries,
      startedAt,
      durationMs,
      status,
      errorClass,
      error,
      requestHeaders,
      responseHeaders: answer.headers,
      responseBody: answer.body,
    },
  }
}

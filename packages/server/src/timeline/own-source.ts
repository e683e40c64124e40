import type { Db } from '../database/wire.js'
import { isUuid } from '../ids.js'
import { findCall, findToken, type ListedCall, listCalls, listTokens } from './calls.sql.js'
import type { LoggedCall, LoggedToken } from './log.sql.js'
import { merged } from './order.rules.js'
import type { Entry, EntryDetail, EntryFilter, TimelineSource } from './source.js'

const callEntry = (call: ListedCall): Entry => ({
  id: call.traceId,
  kind: 'call',
  at: call.at,
  traceId: call.traceId,
  appId: call.appId,
  companyId: call.companyId,
  locationId: call.locationId,
  title: `${call.method} ${call.path}`,
  status: call.status,
  outcome: call.status < 400 ? 'ok' : 'failed',
  durationMs: call.durationMs,
  why: call.why,
})

const callDetail = (call: LoggedCall): EntryDetail => ({
  entry: callEntry(call),
  exchange: {
    method: call.method,
    url: call.path,
    requestHeaders: call.requestHeaders,
    requestBody: call.requestBody,
    status: call.status,
    responseHeaders: {},
    responseBody: call.responseBody,
  },
  payload: null,
  attempts: [],
})

const tokenEntry = (row: LoggedToken): Entry => ({
  id: row.id,
  kind: row.kind,
  at: row.at,
  traceId: row.traceId,
  appId: row.appId,
  companyId: row.companyId,
  locationId: row.locationId,
  title: row.act,
  status: null,
  outcome: row.ok ? 'ok' : 'failed',
  durationMs: null,
  why: row.why,
})

const wanted = (filter: EntryFilter, kind: Entry['kind']) => filter.kind === undefined || filter.kind === kind

/** What this room itself has for the timeline: calls, tokens, installs. */
export const ownSource = (db: Db): TimelineSource => ({
  kinds: ['call', 'token', 'install'],
  page: async (filter) => {
    const kind = filter.kind === 'token' || filter.kind === 'install' ? filter.kind : undefined
    const [calls, tokens] = await Promise.all([
      wanted(filter, 'call') ? listCalls(db, filter) : [],
      kind || filter.kind === undefined ? listTokens(db, filter, kind) : [],
    ])
    return merged([calls.map(callEntry), tokens.map(tokenEntry)], filter.limit)
  },
  find: async (appIds, kind, id) => {
    if (!isUuid(id)) return undefined
    if (kind === 'call') {
      const call = await findCall(db, appIds, id)
      return call && callDetail(call)
    }
    const row = await findToken(db, appIds, id)
    return row?.kind === kind ? { entry: tokenEntry(row), exchange: null, payload: null, attempts: [] } : undefined
  },
})

import { forbidden, type Operation, type TenantPlace, undefinedLocation } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { storable } from '../validate/text.js'

/** The agency of a sub-account, undefined where there is no such sub-account. */
export type CompanyOfLocation = (locationId: string) => Promise<string | undefined>

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const places: Readonly<Record<Exclude<TenantPlace, 'token'>, (call: Call) => string | undefined>> = {
  // One family writes its query in snake_case on dated versions (wire-contract §3.6).
  query: ({ query }) => text(query.locationId) ?? text(query.location_id),
  body: ({ body }) => text(body.locationId),
  path: ({ params }) => text(params.locationId),
  alt: ({ query, body }) => text(query.altId) ?? text(body.altId) ?? text(query.locationId),
  origin: ({ query }) => text(query.originId),
  company: ({ query, body, params }) => text(params.companyId) ?? text(query.companyId) ?? text(body.companyId),
}

const missingIn: Readonly<Partial<Record<TenantPlace, string>>> = {
  query: 'Send locationId in the query.',
  body: 'Send locationId in the body.',
  alt: 'Send altId and altType=location.',
  origin: 'Send originId in the query.',
}

const companyMissing = (method: string) =>
  `Send companyId in the ${method === 'GET' || method === 'DELETE' ? 'query' : 'body'}: that of the token's own agency.`

const saysWhatIsMissing = ({ undefinedTenant, tenant, extension }: Operation) =>
  undefinedTenant && (tenant === 'query' || tenant === 'body') && !extension

const nameOf = ({ query }: Operation) => (query && 'location_id' in query.properties ? 'location_id' : 'locationId')

/** Official operations answer the wire's two fields alone; where only we answer, the refusal says what is missing. */
const wrongLocation = (asked: string | undefined, operation: Operation) => {
  const { extension, tenant } = operation
  if (asked === undefined && saysWhatIsMissing(operation)) return undefinedLocation(nameOf(operation))
  return forbidden(
    'The token does not have access to this location.',
    asked
      ? `The request is about ${asked}, which the token does not reach.`
      : `The request names no sub-account where this operation needs one. ${missingIn[tenant] ?? ''}`.trim(),
    asked === undefined && extension && missingIn[tenant] ? { hint: missingIn[tenant] } : {},
  )
}

/** As recorded of the live service: who names its own sub-account instead is told what is missing, by the shape of the request. */
const namesItself = (call: Call): boolean =>
  call.operation.method === 'GET' && call.principal?.actor === 'location' && places.query(call) === call.principal.locationId

const wrongCompany = ({ operation: { extension, method }, principal }: Call, asked: string | undefined) => {
  const hint = asked === undefined ? companyMissing(method) : undefined
  return forbidden(
    'The token does not have access to this company.',
    `The request is about company ${asked ?? '(none)'}; the token belongs to ${principal?.companyId}. ${hint ?? ''}`.trim(),
    extension && hint ? { hint } : {},
  )
}

const checkOwn = async (call: Call, asked: string | undefined, companyOf: CompanyOfLocation): Promise<void> => {
  // This comes before validation, so the id may be text that the database would not even take.
  const known = asked !== undefined && storable(asked) ? await companyOf(asked) : undefined
  if (asked === undefined || known !== call.principal?.companyId) throw wrongLocation(asked, call.operation)
  call.locationId = asked
}

/** A missing or foreign tenant is 403 (or `undefinedTenant`) before any validation: neither tells whether the tenant exists. */
export const checkTenant = (companyOf: CompanyOfLocation) =>
  function checkTenant(call: Call): void | Promise<void> {
    const { operation, principal } = call
    if (!principal) return
    call.locationId = principal.locationId
    if (operation.tenant === 'token') return
    const asked = places[operation.tenant](call)
    if (operation.tenant === 'company') {
      if (asked === principal.companyId) return
      if (asked === undefined && namesItself(call)) return
      throw wrongCompany(call, asked)
    }
    if (principal.actor === 'location') {
      if (asked === principal.locationId) return
      throw wrongLocation(asked, operation)
    }
    return checkOwn(call, asked, companyOf)
  }

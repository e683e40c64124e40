import { problem, type TObject, unprocessable } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { camelOf, toDeclared } from '../casing.js'
import { coerceFields, fillDefaults } from '../validate/coerce.js'
import { type Schema, schemaOf } from '../validate/schema.js'
import { hasShape } from '../validate/shape-check.js'
import { isTooDeep, unstorable } from '../validate/text.js'
import { objectViolations } from '../validate/violations.js'

const nothing = schemaOf({ type: 'object', properties: {}, additionalProperties: false } as never)

const check = (shape: TObject | undefined, values: Record<string, unknown>): string[] => {
  if (!shape) return objectViolations(nothing, values)
  if (hasShape(shape, values)) return []
  const violations = objectViolations(schemaOf(shape), values)
  return violations.length > 0 ? violations : ['the request does not have the documented shape']
}

const plain = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const checkTexts = (call: Call) => {
  if (isTooDeep(call.body)) throw problem(400, 'The body nests deeper than 40 levels.')
  const fields = [...unstorable(call.params), ...unstorable(call.query), ...unstorable(call.body)]
  if (fields.length > 0)
    throw unprocessable(fields.map((name) => `${name} must not contain a null character or half a surrogate pair`))
}

/** The shape in the names of the version that was called. */
const shapeFor = ({ operation, version }: Call, declared: TObject | undefined): TObject | undefined =>
  declared && version === 'v3' && operation.v3?.casing === 'camel' ? camelOf(declared) : declared

/** What the row passes over is gone before anything looks at it. */
const withoutTolerated = (tolerates: Readonly<Record<string, string>> | undefined, values: Record<string, unknown>) =>
  tolerates && Object.keys(values).some((name) => Object.hasOwn(tolerates, name))
    ? Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(tolerates, name)))
    : values

/** Query and body against the contract: every violation at once, unknown fields refused, defaults filled in. */
export const validate = (call: Call): void => {
  const { operation, request } = call
  checkTexts(call)
  call.query = withoutTolerated(operation.tolerates, call.query)
  call.body = withoutTolerated(operation.tolerates, call.body)
  const declared = { query: operation.query as TObject | undefined, body: operation.body as TObject | undefined }
  const queryShape = shapeFor(call, declared.query)
  const querySchema: Schema = queryShape ? schemaOf(queryShape) : nothing
  const query = coerceFields(querySchema, call.query)
  const shape = shapeFor(call, declared.body)
  const sent = request.body
  const bodyProblems =
    shape && sent !== undefined && sent !== null && plain(sent) !== sent && !(operation.list && Array.isArray(sent))
      ? ['the body must be an object']
      : check(shape, shape ? call.body : {})
  // Programs send `locationId` along everywhere, and HighLevel lets them; but a client's secret in an address is refused.
  const unread = !queryShape && operation.auth === 'token'
  const violations = [...(unread ? [] : check(queryShape, query)), ...bodyProblems]
  if (violations.length > 0) throw unprocessable(violations)
  call.query = fillDefaults(querySchema, query)
  if (declared.query && queryShape !== declared.query) call.query = toDeclared(declared.query, call.query)
  if (!shape) return
  call.body = fillDefaults(schemaOf(shape), { ...call.body })
  if (declared.body && shape !== declared.body) call.body = toDeclared(declared.body, call.body)
}

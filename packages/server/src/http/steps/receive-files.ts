import { type FileRules, problem, type TObject } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { type Parts, receiveParts } from '../uploads.js'
import { coerceFields } from '../validate/coerce.js'
import { type Schema, schemaOf, unwrap } from '../validate/schema.js'

/** PHP's curl makes a multipart form of a list of fields, for tokens as well. */
const noFilesHere = ({ operation }: Call) =>
  problem(415, `Unsupported Media Type: send application/${operation.form ? 'x-www-form-urlencoded' : 'json'}.`)

const filesWanted = () =>
  problem(
    415,
    'Unsupported Media Type: send multipart/form-data. JSON cannot carry files; a client that turns them into {} needs its content-type header left to the form.',
  )

/** Texts by their names. Libraries that make forms write a list as `name[]`, or the name again with each of its values. */
const gather = (texts: Parts['texts'], schema: Schema): Record<string, unknown> => {
  const fields = Object.create(null) as Record<string, unknown>
  const known = schema.properties ?? {}
  for (const [sent, text] of texts) {
    const name = sent.replace(/\[\d{0,3}\]$/, '')
    const declared = Object.hasOwn(known, name) ? known[name] : undefined
    const isList = declared !== undefined && unwrap(declared).schema.type === 'array'
    const before = isList ? ((fields[name] as string[] | undefined) ?? []) : undefined
    fields[isList ? name : sent] = before ? [...before, text] : text
  }
  return fields
}

const receive = async (call: Call, rules: FileRules) => {
  const { fields, texts, files } = await receiveParts(call.request, rules)
  call.files = files
  const shape = call.operation.body as TObject | undefined
  if (!shape) {
    call.body = fields
    return
  }
  const schema = schemaOf(shape)
  call.body = coerceFields(schema, gather(texts, schema))
}

/**
 * Files of a row that takes them, and its text parts as the body. It comes after everything that can refuse the caller: a
 * stranger's file is not even read.
 */
export const receiveFiles = (call: Call): void | Promise<void> => {
  const { operation, request } = call
  const { files: rules } = operation
  if (!rules) {
    if (request.filesUnread) throw noFilesHere(call)
    return
  }
  if (!request.isMultipart()) throw filesWanted()
  return receive(call, rules)
}

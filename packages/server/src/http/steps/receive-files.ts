import { type FileRules, problem, type TObject } from '@groundlevel/contract-kit'
import type { Call } from '../call.js'
import { receiveParts } from '../uploads.js'
import { coerceFields } from '../validate/coerce.js'
import { schemaOf } from '../validate/schema.js'

const noFilesHere = () => problem(415, 'Unsupported Media Type: send application/json.')

const filesWanted = () =>
  problem(
    415,
    'Unsupported Media Type: send multipart/form-data. JSON cannot carry files; a client that turns them into {} needs its content-type header left to the form.',
  )

const receive = async (call: Call, rules: FileRules) => {
  const { fields, files } = await receiveParts(call.request, rules)
  call.files = files
  const shape = call.operation.body as TObject | undefined
  call.body = shape ? coerceFields(schemaOf(shape), fields) : fields
}

/**
 * Files of a row that takes them, and its text parts as the body. It comes after everything that can refuse the caller: a
 * stranger's file is not even read.
 */
export const receiveFiles = (call: Call): void | Promise<void> => {
  const { operation, request } = call
  const { files: rules } = operation
  const multipart = request.isMultipart()
  if (!rules) {
    if (multipart) throw noFilesHere()
    return
  }
  if (!multipart) throw filesWanted()
  return receive(call, rules)
}

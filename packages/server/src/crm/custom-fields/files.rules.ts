import { badRequest, problem } from '@groundlevel/contract-kit'
import type { FieldDefinition } from './definition.js'

interface SentFile {
  readonly part: string
  readonly name: string
}

/** What is taken where a field does not say: the list of the official upload. */
const everyday: ReadonlySet<string> = new Set(
  '.pdf .docx .doc .jpg .jpeg .png .gif .csv .xlsx .xls .mp4 .mpeg .zip .rar .txt .svg'.split(' '),
)

const extensionOf = (name: string) => /\.[a-z0-9]{1,10}$/.exec(name.toLowerCase())?.[0] ?? ''

const isAccepted = ({ acceptedFormats }: FieldDefinition, name: string) => {
  const extension = extensionOf(name)
  if (acceptedFormats.length === 0 || acceptedFormats.includes('all')) return everyday.has(extension)
  return acceptedFormats.includes(extension)
}

/** The file field that a part is for: named in front of its first underscore, else by the request's `id`. */
const fieldOf = ({ part }: SentFile, id: string | undefined, fields: readonly FieldDefinition[]) => {
  const named = part.split('_')[0]
  return fields.find((field) => field.id === named) ?? fields.find((field) => field.id === id)
}

/**
 * Each file with its field.
 *
 * @throws WireError 400 for a part of no file field or more files than it takes, 415 for a kind that it does not take
 */
export const fieldsOfFiles = (
  files: readonly SentFile[],
  { id, maxFiles }: { readonly id?: string | undefined; readonly maxFiles?: number | undefined },
  definitions: readonly FieldDefinition[],
): readonly FieldDefinition[] => {
  const fields = definitions.filter(({ dataType }) => dataType === 'FILE_UPLOAD')
  if (files.length === 0) throw badRequest('No file was sent: add a part named <customFieldId>_<fileId> with a file name.')
  if (maxFiles !== undefined && files.length > maxFiles)
    throw badRequest(`${files.length} files were sent and maxFiles is ${maxFiles}.`)
  const found = files.map((file) => {
    const field = fieldOf(file, id, fields)
    if (!field)
      throw badRequest(
        `The part ${JSON.stringify(file.part)} names no file field: call it <customFieldId>_<fileId>, with the id of a custom field of type FILE_UPLOAD.`,
      )
    if (!isAccepted(field, file.name))
      throw problem(
        415,
        `${JSON.stringify(field.name)} does not take ${JSON.stringify(file.name)}: the kind of file is not among its formats.`,
      )
    return field
  })
  demandLimits(found)
  return found
}

const limitOf = ({ isMultipleFile, maxFileLimit }: FieldDefinition) => maxFileLimit ?? (isMultipleFile ? 100 : 1)

const demandLimits = (found: readonly FieldDefinition[]) => {
  for (const field of new Set(found)) {
    const sent = found.filter((each) => each === field).length
    if (sent > limitOf(field))
      throw badRequest(`${JSON.stringify(field.name)} takes ${limitOf(field)} file(s) and ${sent} were sent.`)
  }
}

import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FileRules } from '@groundlevel/contract-kit'
import { problem } from '@groundlevel/contract-kit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { unstorable } from './validate/text.js'

/** A file of a request, on disk until the request is answered. */
export interface UploadedFile {
  /** Name of its part. */
  readonly part: string
  /** As the sender's computer has it, without folders. */
  readonly name: string
  /** As the sender says; not to be trusted. */
  readonly contentType: string
  readonly encoding: string
  /** Bytes. */
  readonly size: number
  /** Hexadecimal. */
  readonly sha256: string
  readonly path: string
  open(): Readable
}

/** The parts of a request: text by name, files in their order. */
export interface Parts {
  readonly fields: Record<string, string>
  /** The same texts in their order: of a name there may be several. */
  readonly texts: (readonly [name: string, text: string])[]
  readonly files: UploadedFile[]
}

const megabyte = 1_048_576

const limitsOf = ({ most, bytes }: FileRules, mostFields: number) => ({
  fieldNameSize: 200,
  fieldSize: 65_536,
  fields: mostFields,
  fileSize: bytes,
  files: most,
  parts: mostFields + most,
  headerPairs: 100,
})

/** Words for what the parser found wrong; undefined for what is no fault of the request. */
const refusalOf = (error: { code?: string; message?: string }, { most, bytes }: FileRules) => {
  const { code = '', message = '' } = error
  if (code === 'FST_REQ_FILE_TOO_LARGE')
    return problem(413, `A file is too large; ${Math.floor(bytes / megabyte)} MB is the limit.`)
  if (code === 'FST_FILES_LIMIT') return problem(413, `There are too many files; ${most} is the limit.`)
  if (code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT') return problem(413, 'The request has too many parts.')
  if (code.startsWith('FST_')) return problem(400, `The multipart body cannot be read: ${message}.`)
  // The parser's own errors carry no code.
  if (/boundary|multipart|part|unexpected end|malformed/i.test(message))
    return problem(400, `The multipart body cannot be read: ${message}.`)
  return undefined
}

type FilePart = Extract<Awaited<ReturnType<FastifyRequest['file']>>, object>

const store = async (part: FilePart, path: string): Promise<UploadedFile> => {
  const hash = createHash('sha256')
  let size = 0
  const measure = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      size += chunk.length
      yield chunk
    }
  }
  await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }))
  return {
    part: part.fieldname,
    name: part.filename || 'file',
    contentType: part.mimetype,
    encoding: part.encoding,
    size,
    sha256: hash.digest('hex'),
    path,
    open: () => createReadStream(path),
  }
}

/** Lets the routes of a scope take files, and no other: what the reader of files adds to every call of its scope costs more than most steps. */
export const takeFiles = async (scope: FastifyInstance): Promise<void> => {
  scope.removeContentTypeParser('multipart/form-data')
  await scope.register(multipart)
}

/**
 * Reads a multipart request to its end, files onto disk.
 *
 * @throws WireError 413 for what is too much, 400 for what cannot be read, 422 for text that cannot be stored
 */
export const receiveParts = async (request: FastifyRequest, rules: FileRules, mostFields = 50): Promise<Parts> => {
  const folder = await mkdtemp(join(tmpdir(), 'groundlevel-upload-'))
  const parts: Parts = { fields: Object.create(null) as Record<string, string>, texts: [], files: [] }
  try {
    for await (const part of request.parts({ limits: limitsOf(rules, mostFields) })) {
      if (part.type === 'file') parts.files.push(await store(part, join(folder, String(parts.files.length))))
      else {
        const text = String(part.value)
        parts.fields[part.fieldname] = text
        parts.texts.push([part.fieldname, text])
      }
    }
    const strange = parts.files.flatMap(({ part, name }) => unstorable({ [part]: name }))
    if (strange.length > 0) throw problem(400, 'The name of a file or of its part has characters that cannot be stored.')
    if (parts.files.length === 0) await rm(folder, { recursive: true, force: true })
    return parts
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw refusalOf(error as Error, rules) ?? error
  }
}

/** Removes what `receiveParts` wrote. */
export const discardUploads = async (files: readonly UploadedFile[]): Promise<void> => {
  const [first] = files
  if (first) await rm(dirname(first.path), { recursive: true, force: true })
}

import { WireError } from '@groundlevel/contract-kit'
import type { Blobs, FileSource } from '../../blobs/index.js'
import type { Db } from '../../database/wire.js'
import { newUuid } from '../../ids.js'
import { type FieldDefinition, fieldsOfFiles } from '../custom-fields/index.js'
import { byKey } from './answers.rules.js'
import type { Question } from './fields.rules.js'

/** A file of a request. */
export interface SentFile extends FileSource {
  /** Name of its part. */
  readonly part: string
  readonly name: string
  readonly contentType: string
  readonly encoding: string
}

export type FileValue = Readonly<Record<string, unknown>>

/** What follows the field's id in the name of a part. */
const fileIdOf = (part: string) => part.slice(part.indexOf('_') + 1) || part

/** The files that a contact has in a field. */
export const asFiles = (value: unknown): Record<string, unknown> => {
  if (Array.isArray(value)) return Object.fromEntries(value.map((file, at) => [String(at), file]))
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

interface Place {
  readonly db: Db
  readonly locationId: string
  /** The contact, or the submission where nobody is known. */
  readonly recordId: string
  readonly now: Date
}

/** Stores files for custom fields. @returns the files of each field by the field's id, as contacts keep them */
export const storeFiles = async (
  blobs: Blobs,
  { db, locationId, recordId, now }: Place,
  files: readonly SentFile[],
  fields: readonly FieldDefinition[],
): Promise<ReadonlyMap<string, FileValue>> => {
  const values = new Map<string, FileValue>()
  for (const [at, file] of files.entries()) {
    const field = fields[at]
    if (!field) continue
    const { part: fieldname, name: originalname, contentType: mimetype, encoding } = file
    const { id, url, size } = await blobs.put(db, file, { locationId, name: originalname, contentType: mimetype, recordId, now })
    const meta = { fieldname, originalname, mimetype, encoding, uuid: id, size }
    values.set(field.id, { ...values.get(field.id), [fileIdOf(fieldname)]: { meta, url, documentId: id } })
  }
  return values
}

export interface FileAnswers {
  /** Files with the custom fields that they are for. */
  readonly files: readonly SentFile[]
  readonly fields: readonly FieldDefinition[]
  /** By key, a sentence for the person. */
  readonly errors: Readonly<Record<string, string>>
  /** 415 where a kind of file is not taken. */
  readonly status: 415 | 422
}

/** A browser sends an empty part for a question without a file. */
const isThere = ({ name, size }: SentFile) => size > 0 || (name !== '' && name !== 'file')

/** Judges the files that were sent for the questions that were asked. */
export const judgeFiles = (asked: readonly Question[], sent: readonly SentFile[]): FileAnswers => {
  const [files, fields]: [SentFile[], FieldDefinition[]] = [[], []]
  const errors = byKey<string>()
  let status: FileAnswers['status'] = 422
  for (const { key, definition, required, type } of asked) {
    if (type !== 'file' || !definition) continue
    const own = sent.filter((file) => file.part === key && isThere(file))
    if (own.length === 0) {
      if (required) errors[key] = 'Choose a file.'
      continue
    }
    try {
      const named = own.map((file) => ({ ...file, part: `${definition.id}_${newUuid()}` }))
      fields.push(...fieldsOfFiles(named, {}, [definition]))
      files.push(...named)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      if (error.status === 415) status = 415
      errors[key] = `${String(error.body.message)} Choose again.`
    }
  }
  return { files, fields, errors, status }
}

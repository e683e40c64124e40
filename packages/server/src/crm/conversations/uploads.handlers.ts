import { badRequest, forbidden, found, problem } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import type { Blobs } from '../../blobs/index.js'
import { implement } from '../../http/implement.js'
import type { UploadedFile } from '../../http/uploads.js'
import { isUuid, newUuid } from '../../ids.js'
import { contactRecord, foundContact } from '../contacts/index.js'
import { conversationsOf } from './conversations.sql.js'
import { uploadsOf } from './uploads.sql.js'

export interface UploadParts {
  readonly blobs: Pick<Blobs, 'put' | 'get' | 'urlOf'>
  publicUrl(): string
}

const taken: ReadonlySet<string> = new Set('jpg jpeg png gif mp4 mpeg mpg zip rar pdf doc docx txt mp3 wav ogg m4a'.split(' '))

const demandKind = (name: string) => {
  const extension = /\.([a-z0-9]{1,10})$/.exec(name.toLowerCase())?.[1] ?? ''
  if (!taken.has(extension))
    throw problem(415, `Files like ${JSON.stringify(name)} are not taken: use one of ${[...taken].join(', ')}.`)
}

const demandFiles = (files: readonly UploadedFile[], isGroupSms: string | undefined) => {
  if (files.length === 0) throw badRequest('No file was sent: add a part named fileAttachment with a file name.')
  if (isGroupSms === 'true' && files.length > 1) throw badRequest('A group SMS takes one file.')
  for (const { name } of files) demandKind(name)
}

const megabyte = 1_048_576
const goodForMs = 15 * 60_000
const mostBytes = (channel: string) => (channel.toUpperCase() === 'WHATSAPP' ? 100 : 5) * megabyte

/** Files for messages: in one request, or by an address to put one to. */
export const uploadHandlers = ({ blobs, publicUrl }: UploadParts) =>
  implement(
    api.conversations.uploads,
    ({ db, locationId }) => ({ conversations: conversationsOf(db, locationId), uploads: uploadsOf(db, locationId) }),
    {
      upload: async ({ body }, { files, db, locationId, conversations, now }) => {
        if (body.locationId && body.locationId !== locationId) throw forbidden('The token does not have access to this location.')
        if (files.length > 0 || !body.attachmentUrls?.length) demandFiles(files, body.isGroupSms)
        const contactId = body.conversationId
          ? found(await conversations.contactOf(body.conversationId), 'Conversation')
          : body.contactId
        if (contactId) foundContact(await contactRecord(db, locationId, contactId), contactId)
        const uploadedFiles: Record<string, string> = Object.create(null)
        for (const { name, contentType, ...file } of files) {
          const { url } = await blobs.put(db, file, { locationId, name, contentType, recordId: contactId, now })
          uploadedFiles[name] = url
        }
        for (const url of body.attachmentUrls ?? []) uploadedFiles[url.split('/').at(-1) || url] = url
        return { uploadedFiles }
      },

      initiate: async ({ body }, { conversations, uploads, locationId, now }) => {
        const { conversationId, filename, contentType, fileSize = 0, channel } = body
        found(await conversations.contactOf(conversationId), 'Conversation')
        const maxFileSize = mostBytes(channel)
        if (fileSize > maxFileSize) throw problem(413, `The file is too large; ${maxFileSize / megabyte} MB is the limit.`)
        demandKind(filename)
        const id = newUuid()
        const extension = filename.toLowerCase().split('.').at(-1)
        const filePath = `location/${locationId}/conversations/${conversationId}/${id}.${extension}`
        const expiresAt = new Date(now.getTime() + goodForMs)
        await uploads.add({ id, conversationId, filePath, filename, contentType, maxBytes: maxFileSize, expiresAt })
        const uploadUrl = `${publicUrl()}/_ground/uploads/${id}`
        return { uploadUrl, uploadId: id, filePath, expiresAt: expiresAt.getTime(), maxFileSize }
      },

      complete: async ({ body }, { uploads, locationId }) => {
        const upload = isUuid(body.uploadId) ? await uploads.find(body.uploadId) : undefined
        const matches = upload?.filePath === body.filePath && upload.conversationId === body.conversationId
        const blob = matches && upload.blobId ? await blobs.get(upload.blobId) : undefined
        if (!blob || blob.locationId !== locationId)
          throw problem(404, 'File not found in storage - upload may have failed or URL expired')
        return {
          uploadedFiles: { [body.filename]: blobs.urlOf(blob.id, blob.name) },
          metadata: { size: blob.size, contentType: blob.contentType },
        }
      },
    },
  )

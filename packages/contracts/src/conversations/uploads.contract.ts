import { POST, t } from '@groundlevel/contract-kit'
import { messages } from './module.js'

const megabyte = 1_048_576
const id = t.String({ maxLength: 200 })
const filename = t.String({ minLength: 1, maxLength: 255 })

export const uploads = messages.resource('uploads', '/conversations/messages/upload', {
  upload: POST('', {
    id: 'upload-file-attachments',
    summary: 'Store files and get the addresses that a message takes as its attachments',
    reaches: { contact: ['contactId'], conversation: ['conversationId'] },
    files: { most: 5, bytes: 5 * megabyte },
    body: t.Object({
      conversationId: t.Optional(id),
      contactId: t.Optional(id),
      locationId: t.Optional(id),
      attachmentUrls: t.Optional(t.Array(t.Url({ maxLength: 4000 }), { maxItems: 50 })),
      chatServiceSid: t.Optional(id),
      isGroupSms: t.Optional(t.Enum(['true', 'false'])),
    }),
    reply: t.Object({
      /** Addresses by file name. */
      uploadedFiles: t.Open(),
      twilioMediaSids: t.Optional(t.Array(t.String())),
    }),
  }),
  initiate: POST('/initiate', {
    id: 'initiate-file-upload',
    summary: 'An address to PUT one file to, good for 15 minutes',
    reaches: { conversation: ['conversationId'] },
    tenant: 'body',
    body: t.Object({
      locationId: t.String(),
      conversationId: id,
      filename,
      contentType: t.String({ minLength: 3, maxLength: 200 }),
      fileSize: t.Optional(t.Integer({ minimum: 0, maximum: 1e15 })),
      /** WHATSAPP takes 100 MB, everything else 5 MB. */
      channel: t.String({ maxLength: 40 }),
    }),
    reply: t.Object({
      uploadUrl: t.String(),
      uploadId: t.String(),
      filePath: t.String(),
      expiresAt: t.Integer(),
      maxFileSize: t.Integer(),
    }),
  }),
  complete: POST('/complete', {
    id: 'complete-file-upload',
    summary: 'The address of a file that was put',
    reaches: { conversation: ['conversationId'] },
    tenant: 'body',
    body: t.Object({
      uploadId: id,
      filePath: t.String({ maxLength: 1000 }),
      locationId: t.String(),
      conversationId: id,
      filename,
    }),
    reply: t.Object({
      uploadedFiles: t.Open(),
      metadata: t.Object({ size: t.Integer(), contentType: t.String() }),
    }),
  }),
})

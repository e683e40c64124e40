import { Readable } from 'node:stream'
import type { Call } from '../call.js'
import { Download } from '../download.js'

/** The live service's etag is weak and, with a trace id in every body, never matches: length and trace make one for nothing. */
const etag = (text: string, traceId: string) => `W/"${text.length.toString(16)}-${traceId.replaceAll('-', '').slice(0, 27)}"`

/** Offered to be kept, never shown: a file may hold what others have written, and shares its origin with the portal. */
const sendFile = ({ reply, operation }: Call, { fileName, contentType, chunks }: Download): void => {
  reply.header('content-type', contentType)
  reply.header('content-disposition', `attachment; filename="${fileName.replace(/[^\w.-]+/g, '_')}"`)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('content-security-policy', 'sandbox')
  if (operation.extension) reply.header('x-extension', 'true')
  reply.send(Readable.from(chunks))
}

/** Sends the text that the handler's result became. */
export const send = (call: Call): void => {
  const { reply, text, traceId, operation } = call
  reply.code(call.status)
  if (call.result instanceof Download) {
    sendFile(call, call.result)
    return
  }
  reply.header('content-type', 'application/json; charset=utf-8')
  if (operation.auth === 'token') reply.header('etag', etag(text, traceId))
  if (operation.extension) reply.header('x-extension', 'true')
  reply.send(call.bytes ?? text)
}

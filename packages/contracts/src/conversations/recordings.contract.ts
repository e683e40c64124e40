import { GET, PUT, t } from '@groundlevel/contract-kit'
import { messages } from './module.js'

/** One sentence of a call; times are milliseconds. */
export const Sentence = t.Object({
  mediaChannel: t.Integer({ minimum: 0, maximum: 64 }),
  sentenceIndex: t.Integer({ minimum: 0, maximum: 100_000 }),
  startTime: t.Number({ minimum: 0, maximum: 1e9 }),
  endTime: t.Number({ minimum: 0, maximum: 1e9 }),
  transcript: t.String({ maxLength: 10_000 }),
  confidence: t.Number({ minimum: 0, maximum: 1 }),
})

export const recordings = messages.resource(
  'recordings',
  '/conversations/messages/:messageId/locations/:locationId/recording',
  {
    get: GET('', {
      id: 'get-message-recording',
      summary: 'The recording of a call; answers audio',
      tenant: 'path',
      reply: t.Unknown(),
    }),
  },
  { reaches: { message: ['messageId'] } },
)

export const transcriptions = messages.resource(
  'transcriptions',
  '/conversations/locations/:locationId/messages/:messageId/transcription',
  {
    get: GET('', {
      id: 'get-message-transcription',
      summary: 'What was said in a call, sentence by sentence',
      tenant: 'path',
      reply: t.Array(Sentence),
    }),
    download: GET('/download', {
      id: 'download-message-transcription',
      summary: 'The same as a text; answers text/plain',
      tenant: 'path',
      reply: t.Unknown(),
    }),
    store: PUT('', {
      id: 'put-message-transcription',
      summary: 'Keep what was said in a call, in place of what was kept before',
      extension: true,
      tenant: 'path',
      body: t.Object({ sentences: t.Array(Sentence, { maxItems: 5000 }) }),
      reply: t.Object({ success: t.Boolean() }),
    }),
  },
  { reaches: { message: ['messageId'] } },
)

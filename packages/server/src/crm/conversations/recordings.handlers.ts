import { badRequest, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { Download } from '../../http/download.js'
import { implement } from '../../http/implement.js'
import { isCall } from './channels.rules.js'
import { type HeldMessage, messagesOf } from './messages.sql.js'
import { type Sentence, transcriptOf } from './transcripts.sql.js'

/** A file by its address: one of ours, or one that a provider keeps. */
export type OpenFile = (
  url: string,
  locationId: string,
) => Promise<{ readonly contentType: string; readonly chunks: AsyncIterable<Uint8Array> } | undefined>

const callOf = (message: HeldMessage | undefined): HeldMessage => {
  const call = found(message, 'Message')
  if (!isCall(call.messageType)) throw badRequest('The message is no call, so it has no recording.')
  return call
}

const extensions: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
}

/** Recordings of calls, which are their first attachment. */
export const recordingHandlers = (open: OpenFile) =>
  implement(api.conversations.recordings, ({ db, locationId }) => ({ messages: messagesOf(db, locationId) }), {
    get: async ({ messageId }, { messages, locationId }) => {
      const [url] = callOf(await messages.read(messageId)).attachments
      const file = url === undefined ? undefined : await open(url, locationId)
      if (!file) throw missing('Recording')
      const type = file.contentType.split(';')[0]?.trim() ?? ''
      const contentType = type.startsWith('audio/') ? type : 'audio/x-wav'
      return new Download(`audio.${extensions[contentType] ?? 'wav'}`, contentType, file.chunks)
    },
  })

const clock = (ms: number) => {
  const seconds = Math.floor(ms / 1000)
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

async function* linesOf(sentences: readonly Sentence[]) {
  for (const { startTime, mediaChannel, transcript } of sentences)
    yield `[${clock(startTime)}] Speaker ${mediaChannel}: ${transcript}\n`
}

/** What was said in calls. */
export const transcriptionHandlers = () =>
  implement(
    api.conversations.transcriptions,
    ({ db, locationId }, { messageId = '' }) => ({
      messages: messagesOf(db, locationId),
      transcript: transcriptOf(db, locationId, messageId),
    }),
    {
      get: async ({ messageId }, { messages, transcript }) => {
        callOf(await messages.read(messageId))
        return [...found(await transcript.read(), 'Transcription')]
      },
      download: async ({ messageId }, { messages, transcript }) => {
        callOf(await messages.read(messageId))
        return new Download('transcription.txt', 'text/plain', linesOf(found(await transcript.read(), 'Transcription')))
      },
      store: async ({ messageId, body: { sentences } }, { messages, transcript }) => {
        const { contactId } = callOf(await messages.hold(messageId))
        await transcript.write(contactId, sentences)
        return { success: true }
      },
    },
  )

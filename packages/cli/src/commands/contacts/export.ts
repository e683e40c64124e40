import { type ContactsPlace, contactsPlace, type PlaceOptions } from '../../contacts-place.js'
import { Failure } from '../../failure.js'
import type { Io } from '../../io.js'
import { saveFile, transferMs } from '../../save-file.js'

export interface ExportOptions extends PlaceOptions {
  readonly file?: string
}

type Body = Awaited<ReturnType<ContactsPlace['download']>>

/** Prints whole lines, as they arrive. */
const print = async (body: Body, io: Io) => {
  // The mark at the beginning is part of the file: spreadsheets look for it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    const text = rest + decoder.decode(chunk, { stream: true })
    const end = text.lastIndexOf('\n')
    if (end >= 0) io.out(text.slice(0, end))
    rest = text.slice(end + 1)
  }
  if (rest !== '') io.out(rest)
}

const printed = async (body: Body, io: Io) => {
  try {
    await print(body, io)
  } catch (cause) {
    throw new Failure(`The contacts did not arrive whole: ${io.signal.aborted ? 'stopped' : (cause as Error).message}.`, 1, {
      cause,
    })
  }
}

/** Every contact of a sub-account as CSV, to a file or to standard output. */
export const exportContacts = async (options: ExportOptions, io: Io): Promise<void> => {
  const place = await contactsPlace(options, io)
  const query = { locationId: place.locationId }
  const how = { signal: io.signal, timeoutMs: transferMs }
  const body = await place.download((client) => client.contacts.csv.export({ query }, how))
  if (options.file === undefined) return printed(body, io)
  await saveFile(options.file, body, io.signal)
  io.err(`Contacts written to ${options.file}.`)
}

/** A record that a step says it made or changed, with the text before it. */
const records =
  /(?<!deleted )\b(opportunity|task|message|note|workflow) ([A-Za-z0-9]{20,24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/

interface Piece {
  readonly text: string
  readonly kind?: string
}

/** The reason of a step, in pieces: words, and ids of records that have a page. */
export const piecesOf = (reason: string): readonly Piece[] => {
  const found = records.exec(reason)
  if (!found) return reason === '' ? [] : [{ text: reason }]
  const [whole, kind = '', id = ''] = found
  const until = found.index + whole.length
  return [{ text: reason.slice(0, until - id.length) }, { text: id, kind }, ...piecesOf(reason.slice(until))]
}

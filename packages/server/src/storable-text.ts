/**
 * Text as the database can hold it: cut to `most` UTF-16 units, without NUL and without halves of characters, which a cut makes,
 * too. For what nobody can be told to send again, such as mail; a request with such text is refused instead.
 */
export const storableText = (text: string, most = Number.POSITIVE_INFINITY): string =>
  text.slice(0, most).replace(/\p{Cs}|\0/gu, '')
